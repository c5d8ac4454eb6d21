"""The month's exam; a specialist without one loses nothing."""

from django.utils.translation import gettext_lazy as _

from servicedesk.scoring.measured import Evidence, Measured
from servicedesk.scoring.measures.registry import Subject, measure
from training.exams.results import latest_result


@measure(
    "exam",
    says=_("%(percent)d%% in the latest exam of the month."),
    absent=_("No exam was marked this month."),
    raises=_("A better exam"),
)
def exam(subject: Subject) -> Measured | None:
    result = latest_result(subject.staff, subject.period)
    if result is None:
        return None
    attempt = result.attempt
    evidence = [Evidence("training:result", {"pk": attempt.pk}, label=str(result.exam))] if attempt else []
    return Measured(result.percent, 100, facts={"percent": result.percent}, evidence=evidence)
