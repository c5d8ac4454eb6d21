"""The monthly work report: handed in by its day, and right the first time."""

from django.utils.translation import gettext_lazy as _

from agency.calendar.clock import time_zone
from servicedesk.forms.models import FormSubmission, FormTemplate
from servicedesk.forms.submissions import due_on
from servicedesk.scoring.measured import Evidence, Measured
from servicedesk.scoring.measures.registry import Subject, measure

WORK_REPORT = "work_report"


@measure(
    "report_in_time",
    says=_("Work report: late %(late)d, not handed in %(missing_reports)d, sent back %(returned)d times."),
    absent=_("The work report is not due yet."),
    raises=_("Hand the work report in in time, right the first time"),
    events=("late", "missing", "returned"),
)
def report_in_time(subject: Subject) -> Measured | None:
    """Look at the report of this month, which is due in the next; it counts once handed in or overdue."""
    report = (
        FormSubmission.objects.of_period(subject.period)
        .filter(staff=subject.staff, template__key=WORK_REPORT)
        .select_related("template")
        .first()
    )
    if report is None:
        return _never_opened(subject)
    handed_in = report.first_submitted_at
    if handed_in is None:
        if subject.today <= report.due_on:
            return None
        events = {"late": 0, "missing": 1, "returned": report.returns}
    else:
        is_late = handed_in.astimezone(time_zone()).date() > report.due_on
        events = {"late": int(is_late), "missing": 0, "returned": report.returns}
    evidence = [
        Evidence(
            "servicedesk:form", {"pk": report.pk}, label=report.template.title, day=str(report.due_on), state=state
        )
        for state, count in events.items()
        if count
    ]
    return _found(events, evidence)


def _never_opened(subject: Subject) -> Measured | None:
    template = FormTemplate.objects.filter(key=WORK_REPORT, is_active=True).order_by("-version").first()
    if template is None or subject.today <= (due := due_on(template, subject.period)):
        return None
    page = Evidence("servicedesk:forms", label=template.title, day=str(due), state="missing")
    return _found({"late": 0, "missing": 1, "returned": 0}, [page])


def _found(events: dict[str, int], evidence: list[Evidence]) -> Measured:
    facts = {"late": events["late"], "missing_reports": events["missing"], "returned": events["returned"]}
    return Measured(events=events, facts=facts, evidence=evidence)
