"""The moves of a run as a state machine: whatever people click, in whatever order, the table holds."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payroll.models import PayrollRun
from payroll.runs.moving import WrongState, move
from payroll.runs.states import FINAL, MOVES, OPEN, State
from tests.payroll.runs.stage import opened

pytestmark = pytest.mark.django_db


def test_final_and_open_states_do_not_meet():
    assert not set(FINAL) & set(OPEN)


def test_nothing_leads_out_of_the_final_states_back():
    assert all(m.target in FINAL for m in MOVES.values() if set(m.sources) & set(FINAL))


def test_every_state_can_be_reached():
    reached = {State.COLLECTING}
    for _round in MOVES:
        reached |= {m.target for m in MOVES.values() if reached & set(m.sources)}
    assert reached == set(State)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(clicks=st.lists(st.sampled_from(sorted(MOVES)), max_size=12))
def test_any_clicks_follow_the_table(ours, clicks):
    PayrollRun.objects.all().delete()
    run = opened(ours)
    approvals = 0
    for name in clicks:
        before = run.state
        values = {"approver": ours.payroll_officer} if name == "approve" else {}
        if before in MOVES[name].sources:
            run = move(run, name, **values)
            assert run.state == MOVES[name].target
            approvals += name == "approve"
        else:
            with pytest.raises(WrongState):
                move(run, name, **values)
            run.refresh_from_db()
            assert run.state == before
    assert approvals <= 1
    assert (run.state in FINAL) == bool(approvals)
