"""The work reports: handed in at the end of the month, read on the next workday."""

from agency.staff.models import StaffMember
from servicedesk.forms.submissions import accept, open_form, return_, submit
from servicedesk.models import FormSubmission, FormTemplate

from .base import Month, Tally

State = FormSubmission.State
WORDS = {
    "left_reasons": "家里有事、换地方，逐人谈过",
    "problems": "夜班补贴的口径两边不一样，已约客户月初对一遍",
    "next_month": "先看三周没聊过的人，再把新人的第一周访谈补上",
}
THIN = {"left_reasons": "无", "problems": "无", "next_month": "继续努力"}


def hand_in_reports(month: Month) -> Tally:
    with month.on(month.period.last_day):
        template = FormTemplate.objects.filter(key="work_report", is_active=True).first()
    made = known = 0
    for place, staff in enumerate(month.specialists):
        done = _report(month, template, staff, thin=place == 1)
        made, known = made + done, known + (not done)
    return Tally(made, known)


def _report(month: Month, template: FormTemplate, staff: StaffMember, *, thin: bool) -> bool:
    """Hand in one report and have it read; a thin one comes back once. Return False when it was accepted before."""
    with month.on(month.workday(-4), staff, hour=16):
        report = open_form(template, staff, month.period)
        if report.state == State.ACCEPTED:
            return False
        if report.is_open:
            submit(report, _typed(report, THIN if thin else WORDS), staff)
    if thin and report.returns == 0:
        with month.on(month.workday(-3), month.reviewer, hour=10):
            return_(report, {"problems": "写具体：哪家客户、哪个车间、卡在谁那里"}, month.reviewer)
        with month.on(month.period.next().first_day, staff, hour=20):
            submit(report, _typed(report, WORDS), staff)
    with month.on(month.period.next().first_day if thin else month.workday(-3), month.reviewer, hour=21):
        accept(report, month.reviewer)
    return True


def _typed(report: FormSubmission, words: dict[str, str]) -> dict[str, str]:
    known = {key: str(value) for key, value in report.answers.items() if value is not None}
    return {**known, "complaints": "0", "injuries": "0", **words}
