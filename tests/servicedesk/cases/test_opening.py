"""A question becomes a case: numbered, dated, in somebody's hands, once."""

import datetime as dt

import pytest
from django.db import connection

from agency.models import StaffMember, StaffRole
from agency.notifications.models import Notification
from clients.models import Assignment
from servicedesk.cases.opening import open_case, subject_of
from servicedesk.models import Case

from .making import NOW, asked, complaint, question

pytestmark = pytest.mark.django_db


def test_a_question_goes_to_the_clients_specialist_with_its_deadlines(ours):
    case = asked(ours)
    assert (case.number, case.state, case.assignee) == ("2610-0001", "open", ours.specialist)
    assert case.due_at == case.first_due_at == NOW + dt.timedelta(hours=4)
    assert case.resolution_due_at == NOW + dt.timedelta(days=2), "19 hours of service are two days"
    told = Notification.objects.get()
    assert (told.staff, told.kind) == (ours.specialist, "cases.opened")
    assert "加班" not in told.title + told.body, "what was said stays in the case"


def test_numbers_go_up_within_a_month(ours, clock):
    assert [asked(ours).number for _ in range(2)] == ["2610-0001", "2610-0002"]
    clock.move_to(NOW + dt.timedelta(days=20))
    assert asked(ours).number == "2611-0001"


def test_the_same_form_sent_twice_is_one_case(ours):
    sent = question(ours)
    assert open_case(sent) == open_case(sent)
    assert Case.objects.count() == Notification.objects.count() == 1


def test_what_was_said_is_not_readable_in_the_table(ours):
    case = asked(ours)
    with connection.cursor() as cursor:
        cursor.execute("select subject || text from servicedesk_case where id = %s", [case.pk])
        stored = cursor.fetchone()[0]
    assert "加班" not in stored
    assert Case.objects.get().subject == "周末加班少算 8 小时"


def test_a_complaint_about_the_specialist_goes_past_them_to_head_office(ours):
    case = complaint(ours)
    assert (case.confidential, case.about, case.assignee) == (True, ours.specialist, ours.reviewer)
    assert not Notification.objects.filter(staff__in=[ours.specialist, ours.colleague]).exists()


def test_for_head_office_only_is_the_askers_own_choice(ours):
    case = asked(ours, head_office_only=True)
    assert (case.confidential, case.assignee) == (True, ours.reviewer)


def test_whom_a_complaint_is_about_never_gets_it_though_they_are_head_office(ours):
    assert complaint(ours, about=ours.reviewer).assignee == ours.manager


def test_nor_does_head_office_that_serves_the_client_itself(ours):
    Assignment.objects.create(
        client=ours.client,
        staff=ours.reviewer,
        is_lead=False,
        valid_from=dt.date(2026, 3, 1),
        valid_to=dt.date(2026, 4, 1),
    )
    assert complaint(ours).assignee == ours.manager


def test_with_nobody_at_head_office_a_complaint_waits_and_never_falls_back_to_the_specialist(ours):
    StaffRole.objects.filter(role__in=["reviewer", "manager"]).delete()
    assert complaint(ours).assignee is None


def test_a_client_without_a_specialist_is_head_offices(ours):
    StaffMember.objects.filter(pk=ours.specialist.pk).update(is_active=False)
    assert asked(ours).assignee == ours.reviewer


def test_an_injurys_settlement_counts_from_the_accident_around_the_clock(ours):
    case = asked(ours, "injury", happened_on=dt.date(2026, 10, 18))
    assert case.first_due_at == NOW + dt.timedelta(hours=1)
    assert case.resolution_due_at.astimezone(NOW.tzinfo).date() == dt.date(2026, 11, 17)


@pytest.mark.parametrize(
    ("text", "subject"),
    [("热水不够。晚上九点就没了", "热水不够"), ("第一行\n第二行", "第一行"), ("长" * 50, "长" * 29 + "…")],
)
def test_a_subject_is_the_first_sentence(text, subject):
    assert subject_of(text) == subject
