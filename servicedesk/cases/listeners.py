"""Facts of the apps below open and answer cases: payroll announces, and knows nothing of a case."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from agency.calendar import today
from payroll import signals as payroll

from .models import Case, CaseCategory
from .moving import answer
from .opening import Question, open_case

PAYSLIP = "payslip"


@receiver(payroll.payslip_disputed, dispatch_uid="cases.disputed")
def open_for_dispute(sender: Any, *, dispute: Any, **kwargs: Any) -> None:
    """Open one case for a dispute, with the client's specialist; payroll has told them already."""
    slip = dispute.payslip
    category = CaseCategory.objects.valid_on(today()).filter(key=PAYSLIP).first()
    if category is None:  # the agency keeps no cases
        return
    question = Question(
        category=category,
        client=slip.run.client,
        subject=_("Payslip of %(month)s: %(what)s") % {"month": slip.run.period, "what": dispute.said[:40]},
        text=dispute.said,
        channel=Case.Channel.PAYSLIP,
        worker=slip.worker,
        dispute=dispute,
    )
    open_case(question, tell=False)


@receiver(payroll.dispute_answered, dispatch_uid="cases.dispute_answered")
def answer_with_dispute(sender: Any, *, dispute: Any, **kwargs: Any) -> None:
    """Answer the case with what payroll answered, so that nobody has to say it twice."""
    case = Case.objects.unfinished().filter(dispute=dispute).select_related("category").first()
    if case is not None and dispute.answer:
        answer(case, dispute.answer, dispute.answered_by, settles=True)
