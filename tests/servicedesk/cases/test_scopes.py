"""Who sees which case: the permission layer itself, before any page."""

import datetime as dt

import pytest

from agency.models import StaffRole
from agency.permissions import visible
from clients.models import Assignment
from servicedesk.cases.handing_over import hand_over
from servicedesk.models import Case

from .making import asked, complaint

pytestmark = pytest.mark.django_db


def seen_by(staff):
    staff.__dict__.pop("role_names", None)
    return set(visible(staff, Case))


def test_a_specialist_sees_the_cases_of_their_clients_and_those_handed_to_them(ours):
    own, other = asked(ours), asked(ours, client=ours.other_client, worker=ours.other_worker)
    assert seen_by(ours.specialist) == {own}
    hand_over(other, ours.specialist, ours.colleague)
    assert seen_by(ours.specialist) == {own, other}
    assert seen_by(ours.reviewer) == {own, other}


def test_no_specialist_sees_a_complaint_about_one_of_them(ours):
    case = complaint(ours)
    assert seen_by(ours.specialist) == seen_by(ours.colleague) == set()
    assert seen_by(ours.reviewer) == seen_by(ours.manager) == {case}


@pytest.mark.parametrize("role", ["payroll_officer", "trainer", "administrator"])
def test_another_role_at_head_office_does_not_open_it(ours, role):
    complaint(ours)
    StaffRole.objects.create(staff=ours.specialist, role=role)
    assert seen_by(ours.specialist) == set()


@pytest.mark.parametrize("role", ["reviewer", "manager"])
def test_nor_do_the_very_roles_that_read_complaints_when_it_is_about_themselves(ours, role):
    complaint(ours)
    StaffRole.objects.create(staff=ours.specialist, role=role)
    assert seen_by(ours.specialist) == set()


def test_a_deputy_with_a_head_office_role_is_kept_out_as_well(ours):
    complaint(ours)
    StaffRole.objects.create(staff=ours.colleague, role="manager")
    assert len(seen_by(ours.colleague)) == 1
    Assignment.objects.create(client=ours.client, staff=ours.colleague, is_lead=False, valid_from=dt.date(2026, 5, 1))
    assert seen_by(ours.colleague) == set()


def test_the_guard_can_fail(ours, monkeypatch):
    """Without the barrier head office's role would open the complaint to whom it is about."""
    from agency.permissions import asking

    complaint(ours)
    StaffRole.objects.create(staff=ours.specialist, role="manager")
    monkeypatch.delitem(asking._barriers, Case)
    assert len(seen_by(ours.specialist)) == 1
