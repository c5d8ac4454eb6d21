"""A case's life: answered, settled, closed, asked again; joined, linked, handed over, brought before head office."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agency.notifications.models import Notification
from servicedesk.cases.escalating import close_quiet, escalate
from servicedesk.cases.handing_over import hand_over, keep_from_specialists
from servicedesk.cases.joining import link, linked_to, merge
from servicedesk.cases.moving import answer, close, note, rate, reopen, resolve, write_again
from servicedesk.cases.refusals import Refused
from servicedesk.cases.states import FINISHED, MOVES, TRANSITIONS, State
from servicedesk.models import Case, CaseEntry

from .making import NOW, asked, complaint

pytestmark = pytest.mark.django_db


def kinds(case):
    return list(case.entries.values_list("kind", flat=True))


def test_from_question_to_closing(ours, clock):
    case = asked(ours)
    answer(case, "按双倍补，11月发。", ours.specialist)
    assert (case.state, case.first_answered_at, case.due_at) == ("answered", NOW, case.resolution_due_at)
    resolve(case, ours.specialist)
    assert (case.state, case.due_at) == ("resolved", None)
    close(case, ours.reviewer)
    assert case.state == "closed"
    assert kinds(case) == ["answer", "state", "state", "state"]


def test_answering_and_settling_in_one_go(ours):
    case = asked(ours)
    answer(case, "开好了", ours.specialist, settles=True)
    assert case.state == "resolved"


def test_the_asker_writes_again_and_the_clock_starts_anew(ours, clock):
    case = asked(ours)
    answer(case, "按双倍补。", ours.specialist, settles=True)
    rate(case, 3)
    clock.move_to(NOW + dt.timedelta(days=1))
    write_again(case, "还是没补")
    case.refresh_from_db()
    assert (case.state, case.reopened, case.rating) == ("reopened", 1, None)
    assert case.due_at == NOW + dt.timedelta(days=1, hours=4)
    assert case.first_due_at == NOW + dt.timedelta(hours=4), "the first deadline stays on file"
    assert Notification.objects.filter(kind="cases.asked_again", staff=ours.specialist).count() == 1


def test_words_before_an_answer_change_nothing_but_are_kept(ours):
    case = asked(ours)
    write_again(case, "补一句：是夜班")
    assert (case.state, kinds(case)) == ("open", ["words"])


@pytest.mark.parametrize("attempt", [resolve, close, reopen])
def test_an_open_case_can_only_be_answered(ours, attempt):
    with pytest.raises(Refused):
        attempt(asked(ours), ours.specialist)


def test_a_finished_case_takes_no_answer(ours):
    case = asked(ours)
    answer(case, "好了", ours.specialist, settles=True)
    with pytest.raises(Refused):
        answer(case, "再说一句", ours.specialist)


def test_of_two_people_at_once_one_is_told_to_look_again(ours):
    case = asked(ours)
    answer(case, "好了", ours.specialist)
    other = Case.objects.get(pk=case.pk)
    resolve(case, ours.specialist)
    with pytest.raises(Refused):
        resolve(other, ours.reviewer)


def test_the_table_itself_refuses_a_move_that_is_none(ours):
    case = asked(ours)
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="resolved", due_at=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="closed", due_at=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=case.pk).delete()


def test_entries_cannot_be_changed_nor_deleted(ours):
    entry = note(asked(ours), "打过电话", ours.specialist)
    for attempt in (lambda rows: rows.update(kind="answer"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt(CaseEntry.objects.filter(pk=entry.pk))


@given(st.lists(st.sampled_from(["answer", "resolve", "close", "reopen", "write"]), max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_moves_keeps_the_case_sound(ours, moves):
    case = asked(ours)
    acts = {
        "answer": lambda: answer(case, "答", ours.specialist),
        "resolve": lambda: resolve(case, ours.specialist),
        "close": lambda: close(case, ours.specialist),
        "reopen": lambda: reopen(case, ours.specialist),
        "write": lambda: write_again(case, "问"),
    }
    for name in moves:
        before = case.state
        try:
            acts[name]()
        except Refused:
            assert case.state == before
        case.refresh_from_db()
        assert case.state == before or (before, case.state) in TRANSITIONS
        assert (case.due_at is None) == (case.state in FINISHED)


def test_every_state_can_be_reached_and_left():
    reached = {move.target for move in MOVES.values()} | {State.OPEN}
    left = {source for move in MOVES.values() for source in move.sources}
    assert reached == left == set(State)


def test_a_joined_asker_reads_the_same_answer_and_is_heard(ours):
    case, same = asked(ours), asked(ours)
    merge(same, case, ours.specialist)
    assert (same.state, same.merged_into) == ("closed", case)
    answer(case, "按双倍补。", ours.specialist)
    assert same.entries.get(kind="answer").text == "按双倍补。"
    write_again(same, "谢谢")
    case.refresh_from_db()
    assert case.state == "reopened"
    assert case.entries.get(kind="words").other == same


def test_what_cannot_be_joined(ours):
    case = asked(ours)
    elsewhere = asked(ours, client=ours.other_client, worker=ours.other_worker)
    for other in (case, elsewhere, complaint(ours)):
        with pytest.raises(Refused):
            merge(other, case, ours.reviewer)


def test_linked_cases_find_each_other_once(ours):
    case, other = asked(ours), asked(ours)
    assert link(case, other, ours.specialist) == link(other, case, ours.specialist)
    assert list(linked_to(other)) == [case]
    with pytest.raises(Refused):
        link(case, case, ours.specialist)


def test_a_hand_over_tells_the_new_one(ours):
    case = asked(ours)
    hand_over(case, ours.colleague, ours.specialist, "他认识车间主任")
    assert case.assignee == ours.colleague
    assert Notification.objects.filter(staff=ours.colleague, kind="cases.handed_over").exists()
    assert case.entries.get().text == "他认识车间主任"


@pytest.mark.parametrize("role", ["specialist", "colleague", "payroll_officer", "trainer", "administrator"])
def test_a_complaint_about_a_specialist_cannot_be_handed_to(ours, role):
    with pytest.raises(Refused):
        hand_over(complaint(ours), ours.staff[role], ours.reviewer)


def test_a_case_can_be_taken_from_the_specialists_afterwards(ours):
    case = asked(ours)
    keep_from_specialists(case, ours.specialist, ours.manager)
    case.refresh_from_db()
    assert (case.confidential, case.about, case.assignee) == (True, ours.specialist, ours.reviewer)
    assert not Notification.objects.filter(staff=ours.specialist).exists(), "the notes of before are gone too"


def test_an_overdue_answer_is_brought_before_head_office_once(ours, clock):
    case = asked(ours)
    assert escalate(NOW + dt.timedelta(hours=4)) == 0, "due is not yet overdue"
    late = NOW + dt.timedelta(hours=4, minutes=1)
    assert [escalate(late), escalate(late)] == [1, 0]
    told = Notification.objects.filter(kind="cases.overdue")
    assert {one.staff for one in told} == {ours.specialist, ours.reviewer, ours.manager}
    assert kinds(case) == ["escalated"]


def test_an_answered_case_is_not_escalated(ours):
    answer(asked(ours), "在查", ours.specialist)
    assert escalate(NOW + dt.timedelta(days=3)) == 0


def test_an_overdue_complaint_is_not_told_to_the_specialists(ours):
    complaint(ours)
    escalate(NOW + dt.timedelta(days=3))
    assert not Notification.objects.filter(staff__in=[ours.specialist, ours.colleague]).exists()


def test_a_settled_case_closes_after_seven_quiet_days(ours):
    case = asked(ours)
    answer(case, "好了", ours.specialist, settles=True)
    assert close_quiet(NOW + dt.timedelta(days=6)) == 0
    assert close_quiet(NOW + dt.timedelta(days=7)) == 1
    case.refresh_from_db()
    assert case.state == "closed"


def test_satisfaction_counts_once_an_answer_is_there(ours):
    case = asked(ours)
    assert not rate(case, 1)
    answer(case, "好了", ours.specialist)
    assert [rate(case, 2), rate(case, 3)] == [True, False]
