"""Taking on, roles, letting go; an agency is never left without an administrator."""

import pytest
from django.urls import reverse

from agency.models import BusinessEvent, StaffMember
from agency.permissions import Role, can
from agency.staff import managing
from tests.cast import PASSWORD


def test_whoever_is_taken_on_signs_in_with_the_one_time_password(cast, sign_in, client):
    sign_in(cast.ours.administrator)
    answer = client.post(
        reverse("agency:staff_new"), {"name": "郑新人", "phone": "138 0013 8000", "roles": ["specialist", "trainer"]}
    )
    password = answer.context["password"]
    client.logout()
    assert client.post("/sign-in/", {"username": "13800138000", "password": password}).status_code == 302


def test_a_phone_in_use_by_another_agency_is_refused_without_saying_whose(cast, sign_in):
    client = sign_in(cast.ours.administrator)
    phone = "13905000000"
    answer = client.post(reverse("agency:staff_new"), {"name": "郑新人", "phone": phone, "roles": ["specialist"]})
    assert answer.status_code == 422
    assert cast.theirs.agency.name not in answer.content.decode()


def test_roles_add_up_and_leave_an_event(ours):
    managing.set_roles(ours.specialist, [Role.SPECIALIST, Role.TRAINER])
    staff = StaffMember.objects.get(pk=ours.specialist.pk)
    assert can(staff, "communication.log.write")
    assert can(staff, "training.course.manage")
    event = BusinessEvent.objects.get(name="staff.roles.changed", subject_id=staff.pk)
    assert (event.data["before"], event.data["after"]) == (["specialist"], ["specialist", "trainer"])


@pytest.mark.parametrize("act", [managing.let_go, lambda staff: managing.set_roles(staff, [Role.MANAGER])])
def test_the_last_administrator_stays(ours, act):
    with pytest.raises(managing.StaffRefused):
        act(ours.administrator)
    managing.set_roles(ours.manager, [Role.MANAGER, Role.ADMINISTRATOR])
    act(ours.administrator)


def test_whoever_was_let_go_is_out_at_the_next_request(cast, client):
    client.post("/sign-in/", {"username": "specialist@hechuan.example", "password": PASSWORD})
    from agency.tenancy.context import tenant

    with tenant(cast.ours.agency):
        managing.let_go(cast.ours.specialist)
    assert client.get(reverse("agency:account")).status_code == 302


def test_a_new_password_ends_the_old_session(cast, client):
    client.post("/sign-in/", {"username": "specialist@hechuan.example", "password": PASSWORD})
    from agency.tenancy.context import tenant

    with tenant(cast.ours.agency):
        managing.reset_password(cast.ours.specialist)
    assert client.get(reverse("agency:account")).status_code == 302


def test_one_changes_ones_own_password(cast, client):
    client.post("/sign-in/", {"username": "manager@hechuan.example", "password": PASSWORD})
    new = "a-longer-secret-2027"
    answer = client.post(
        reverse("agency:password"), {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    )
    assert answer.status_code == 302
    assert client.get(reverse("agency:account")).status_code == 200, "this session goes on"
    client.logout()
    assert client.post("/sign-in/", {"username": "manager@hechuan.example", "password": new}).status_code == 302
