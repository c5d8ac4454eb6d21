"""A disputed payslip is a case of the client's specialist, once; what payroll answers, the case has answered."""

import pytest

from payroll.models import PayslipDispute
from payroll.payslips.disputes import answer, dispute
from servicedesk.cases.installing import install_default_categories
from servicedesk.models import Case
from tests.payroll.runs.stage import disputed

pytestmark = pytest.mark.django_db


def test_a_dispute_opens_one_case(ours):
    install_default_categories()
    raised = disputed(ours)
    case = Case.objects.get()
    assert (case.category.key, case.channel, case.assignee) == ("payslip", "payslip", ours.specialist)
    assert (case.worker, case.text) == (raised.payslip.worker, raised.said)
    assert dispute(raised.payslip, raised.said) == raised
    assert Case.objects.count() == 1


def test_payrolls_answer_answers_the_case(ours):
    install_default_categories()
    answer(disputed(ours), ours.payroll_officer, PayslipDispute.Outcome.EXPLAINED, "夜班记在 10 月。")
    case = Case.objects.get()
    assert case.state == "resolved"
    assert case.entries.get(kind="answer").text == "夜班记在 10 月。"


def test_an_agency_without_categories_keeps_its_disputes_all_the_same(ours):
    assert disputed(ours).pk
    assert not Case.objects.exists()
