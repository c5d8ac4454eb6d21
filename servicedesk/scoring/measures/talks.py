"""Talks: written down by the next day, and confirmed by the other side."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from servicedesk.models import CommunicationLog
from servicedesk.scoring.measured import Evidence, Measured
from servicedesk.scoring.measures.registry import Subject, measure


@measure(
    "talks_written_in_time",
    says=_("%(in_time)d of %(counted)d talks were written down by the day after, %(late)d later."),
    absent=_("No talk was written down this month."),
    raises=_("%(missing)d more talks written down by the next day"),
)
def talks_written_in_time(subject: Subject) -> Measured | None:
    return _share(subject, "in_time", "late", talks_of(subject).filter(is_late=True))


@measure(
    "confirmed_share",
    says=_("%(confirmed)d of %(counted)d talks were confirmed on a device of the person's own."),
    absent=_("No talk was written down this month."),
    raises=_("%(missing)d more talks confirmed"),
)
def confirmed_share(subject: Subject) -> Measured | None:
    return _share(subject, "confirmed", "unconfirmed", talks_of(subject).unconfirmed())


def talks_of(subject: Subject):
    """Return one specialist's talks of the month."""
    return CommunicationLog.objects.of_period(subject.period).filter(staff=subject.staff)


def talk_evidence(logs: Iterable[CommunicationLog], state: str) -> list[Evidence]:
    return [
        Evidence("servicedesk:log", {"pk": log.pk}, label=log.client.short_name, day=str(log.day), state=state)
        for log in logs
    ]


def _share(subject: Subject, good_name: str, bad_name: str, bad_logs) -> Measured | None:
    counted = talks_of(subject).count()
    if not counted:
        return None
    bad = list(bad_logs.select_related("client").order_by("day", "pk"))
    good = counted - len(bad)
    return Measured(
        numerator=good,
        denominator=counted,
        trials=counted,
        facts={good_name: good, bad_name: len(bad), "counted": counted},
        evidence=talk_evidence(bad, bad_name),
    )
