import datetime as dt

import pytest

from agency.models import BusinessEvent, Notification
from tests.training.making import make_session
from training.courses.attending import invite, mark
from training.models import Attendance
from training.problems import TrainingError


def test_people_are_asked_and_told_once(ours):
    session = make_session(ours, [ours.specialist])
    invite(session, [ours.specialist, ours.colleague])
    assert session.attendances.count() == 2
    assert Notification.objects.filter(kind="training.session.invited").count() == 2


def test_one_tap_takes_down_who_came(ours):
    row = make_session(ours, [ours.specialist]).attendances.get()
    mark(row, Attendance.State.PRESENT, ours.trainer)
    row.refresh_from_db()
    assert (row.state, row.marked_by) == ("present", ours.trainer)
    assert BusinessEvent.objects.get(name="training.attendance.marked").data["state"] == "present"


def test_the_same_tap_again_changes_nothing(ours):
    row = make_session(ours, [ours.specialist]).attendances.get()
    for _ in range(2):
        mark(row, Attendance.State.ABSENT, ours.trainer)
    assert BusinessEvent.objects.filter(name="training.attendance.marked").count() == 1


def test_nobody_has_come_before_the_day(ours):
    row = make_session(ours, [ours.specialist], held_on=dt.date(2026, 11, 24)).attendances.get()
    with pytest.raises(TrainingError, match="11月24日"):
        mark(row, Attendance.State.PRESENT, ours.trainer)
    assert mark(row, Attendance.State.EXCUSED, ours.trainer).state == "excused"


def test_each_change_leaves_a_row_of_history(ours):
    row = make_session(ours, [ours.specialist]).attendances.get()
    mark(row, Attendance.State.ABSENT, ours.trainer)
    mark(row, Attendance.State.PRESENT, ours.trainer)
    events = Attendance.pgh_event_model.objects.filter(pgh_obj=row).order_by("pgh_id")
    assert [event.state for event in events] == ["invited", "absent", "present"]
