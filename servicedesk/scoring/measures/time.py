"""Minutes of talks against the estimated minutes of the routine done: the goal is two thirds."""

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from servicedesk.scoring.measured import Evidence, Measured
from servicedesk.scoring.measures.registry import Subject, measure
from servicedesk.scoring.measures.talks import talks_of
from servicedesk.workflow.queries import routine_minutes


@measure(
    "talk_share",
    says=_("%(talk)d minutes of talks, about %(routine)d minutes of routine."),
    absent=_("Neither talks nor finished routine tasks this month."),
    raises=_("Talk %(hours)d hours more"),
    grows=True,
)
def talk_share(subject: Subject) -> Measured | None:
    talk = talks_of(subject).aggregate(sum=Sum("minutes"))["sum"] or 0
    routine = routine_minutes(subject.staff, subject.period)
    if not talk + routine:
        return None
    return Measured(
        numerator=talk,
        denominator=talk + routine,
        facts={"talk": talk, "routine": routine},
        evidence=[Evidence(**subject.logs_page(), state="")],
    )
