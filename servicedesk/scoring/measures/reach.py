"""Whom the month's talks have reached, of those there are: each person counts once however often they were met."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from clients.models import Assignment, ClientContact, ClientEnterprise
from servicedesk.models import LogPerson
from servicedesk.scoring.measured import Evidence, Measured
from servicedesk.scoring.measures.registry import Subject, measure
from servicedesk.scoring.measures.talks import talks_of
from workers.models import Placement

# The line managers a specialist should see; personnel and finance are routine business.
MANAGERS = (ClientContact.Kind.LINE, ClientContact.Kind.MIDDLE)


@measure(
    "workers_talked",
    says=_("%(met)d of %(there)d workers were talked with."),
    absent=_("No workers were placed with the clients."),
    raises=_("Talk with %(missing)d more workers"),
)
def workers_talked(subject: Subject) -> Measured | None:
    there = (
        Placement.objects.valid_on(subject.on).filter(client__in=clients_of(subject)).values_list("client", "worker")
    )
    met = LogPerson.objects.filter(log__in=talks_of(subject).values("pk")).exclude(worker=None)
    return _reached(subject, there, met.values_list("worker", flat=True))


@measure(
    "contacts_met",
    says=_("%(met)d of %(there)d managers of the clients were met."),
    absent=_("No line or middle managers of the clients are on record."),
    raises=_("Meet %(missing)d more managers"),
)
def contacts_met(subject: Subject) -> Measured | None:
    there = ClientContact.objects.filter(client__in=clients_of(subject), is_active=True, kind__in=MANAGERS)
    met = LogPerson.objects.filter(log__in=talks_of(subject).values("pk")).exclude(contact=None)
    return _reached(subject, there.values_list("client", "pk"), met.values_list("contact", flat=True))


def clients_of(subject: Subject):
    """Return the ids of the clients a specialist served on the day that counts."""
    return Assignment.objects.valid_on(subject.on).filter(staff=subject.staff).values("client")


def _reached(subject: Subject, there: Iterable[tuple[int, int]], met: Iterable[int]) -> Measured | None:
    people, reached = list(there), set(met)
    if not people:
        return None
    total = Counter(client for client, _person in people)
    seen = Counter(client for client, person in people if person in reached)
    names = dict(ClientEnterprise.objects.filter(pk__in=total).values_list("pk", "short_name"))
    evidence = [
        Evidence(**subject.logs_page(client=str(client)), label=f"{names[client]} {seen[client]}/{total[client]}")
        for client in sorted(total, key=lambda client: (seen[client] / total[client], client))
    ]
    return Measured(
        numerator=seen.total(),
        denominator=total.total(),
        trials=total.total(),
        facts={"met": seen.total(), "there": total.total()},
        evidence=evidence,
    )
