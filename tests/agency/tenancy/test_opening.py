"""The platform's operator opens and suspends agencies, and sees none of their business."""

import pytest
from django.core.management import CommandError, call_command

from agency.models import Agency, PlatformEvent
from agency.tenancy.context import each_agency

NEW = {
    "name": "南汀人力资源有限公司",
    "short_name": "南汀",
    "admin_name": "宋管理",
    "admin_phone": "13700001111",
}


def test_a_new_agency_has_an_administrator_who_can_sign_in(db, client, capsys):
    call_command("create_agency", "nanting", **NEW)
    password = capsys.readouterr().out.split("password: ")[1].strip()
    answer = client.post("/sign-in/", {"username": NEW["admin_phone"], "password": password})
    assert answer.status_code == 302
    assert PlatformEvent.objects.get(name="platform.agency.opened").agency_slug == "nanting"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"admin_phone": "12345"}, "11 digits|11 位"),
        ({"admin_phone": "13901000000"}, "signs in with this phone already"),
    ],
)
def test_what_cannot_be_opened_says_why(cast, change, says):
    with pytest.raises(CommandError, match=says):
        call_command("create_agency", "nanting", **{**NEW, **change})
    assert not Agency.objects.filter(slug="nanting").exists()


def test_a_taken_code_is_refused(cast):
    with pytest.raises(CommandError, match="'hechuan' is taken"):
        call_command("create_agency", "hechuan", **NEW)


def test_suspending_an_unknown_code_names_the_known_ones(cast):
    with pytest.raises(CommandError, match="beiling, hechuan"):
        call_command("suspend_agency", "hechua", reason="typo")


def test_suspended_agencies_are_skipped_by_the_clock(cast):
    call_command("suspend_agency", "beiling", reason="licence expired")
    assert [agency.slug for agency in each_agency("a test", by="pytest")] == ["hechuan"]
    call_command("suspend_agency", "beiling", reason="licence renewed", resume=True)
    assert [agency.slug for agency in each_agency("a test", by="pytest")] == ["hechuan", "beiling"]


def test_working_across_agencies_needs_a_reason_and_leaves_it(cast):
    with pytest.raises(ValueError, match="reason"):
        list(each_agency(" ", by="pytest"))
    list(each_agency("count workers", by="pytest"))
    assert PlatformEvent.objects.get(name="platform.across_agencies").reason == "count workers"
