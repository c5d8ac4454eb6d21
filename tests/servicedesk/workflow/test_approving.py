"""A plan is handed in, approved by somebody else, or comes back with a reason."""

import pytest

from agency.models import BusinessEvent
from servicedesk.models import MonthPlan
from servicedesk.workflow.approving import PlanError, approve, return_plan, submit
from tests.servicedesk.workflow.conftest import OCTOBER


@pytest.fixture
def handed_in(october):
    return submit(october.specialist, OCTOBER)[0]


def test_handed_in_once(october, handed_in):
    assert handed_in.state == MonthPlan.State.SUBMITTED
    assert list(MonthPlan.objects.awaiting_approval()) == [handed_in]
    with pytest.raises(PlanError):
        submit(october.specialist, OCTOBER)


def test_approved_by_head_office(october, handed_in):
    assert approve(handed_in, october.reviewer).state == MonthPlan.State.APPROVED
    assert BusinessEvent.objects.filter(name="workflow.plan.approved", subject_id=handed_in.pk).exists()
    with pytest.raises(PlanError):
        return_plan(handed_in, october.reviewer, "晚了")


def test_nobody_approves_their_own(october, handed_in):
    with pytest.raises(PlanError):
        approve(handed_in, october.specialist)


def test_returned_with_a_reason_and_handed_in_again(october, handed_in):
    with pytest.raises(PlanError):
        return_plan(handed_in, october.reviewer, " ")
    returned = return_plan(handed_in, october.reviewer, "宿舍走访排进晚班")
    assert (returned.state, returned.remark) == (MonthPlan.State.DRAFT, "宿舍走访排进晚班")
    assert submit(october.specialist, OCTOBER)[0].remark == ""
