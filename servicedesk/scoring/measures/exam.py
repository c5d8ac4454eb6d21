"""The month's exam; a specialist without one loses nothing."""

from importlib import import_module
from importlib.util import find_spec

from django.utils.translation import gettext_lazy as _

from servicedesk.scoring.measured import Evidence, Measured
from servicedesk.scoring.measures.registry import Subject, measure


@measure(
    "exam",
    says=_("%(percent)d%% in the latest exam of the month."),
    absent=_("No exam was marked this month."),
    raises=_("A better exam"),
)
def exam(subject: Subject) -> Measured | None:
    if find_spec("training.exams") is None or find_spec("training.exams.results") is None:
        return None
    result = import_module("training.exams.results").latest_result(subject.staff, subject.period)
    if result is None:
        return None
    attempt = result.attempt
    evidence = [Evidence("training:result", {"pk": attempt.pk}, label=str(result.exam))] if attempt else []
    return Measured(result.percent, 100, facts={"percent": result.percent}, evidence=evidence)
