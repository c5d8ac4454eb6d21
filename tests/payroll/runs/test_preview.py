"""A sheet is looked at before it is committed: who is new, missing, changed; and a few cells pasted from Excel."""

import pytest
from django.urls import reverse

from agency.tenancy.context import tenant
from payroll.models import PayrollInput
from payroll.runs.diffing import diff
from payroll.runs.importing import dry_run, import_attendance
from tests.payroll.pages import made
from tests.payroll.runs.stage import OCTOBER, approved, attend, computed, employ, opened, sheet, submitted

pytestmark = pytest.mark.django_db


def looked_at(run, *rows):
    return diff(run, dry_run(run, sheet(*rows), "a.csv").importer.inputs)


def test_who_is_new_missing_and_changed_by_how_much(ours):
    approved(ours, OCTOBER.previous(), overtime_weekday_x100=10_00)
    run = opened(ours)
    other = employ(ours, "丁秀英", 305)
    attend(run, ours.worker, night_shifts=12)
    attend(run, employ(ours, "石磊", 306))
    found = looked_at(run, "0101,王海波,22,18,0,0,13", "0305,丁秀英,22")
    assert (found.now.new, found.now.missing, found.now.same) == ([other.name], ["石磊"], 0)
    assert {(c.field, c.before, c.after) for c in found.now.changes} == {
        ("overtime_weekday_x100", 0, 18_00),
        ("night_shifts", 12, 13),
    }
    assert found.before.new == ["丁秀英"]
    assert ("overtime_weekday_x100", 8_00) in {(change.field, change.size) for change in found.before.changes}


def test_the_same_sheet_again_changes_nothing(ours):
    run = opened(ours)
    import_attendance(run, sheet("0101,王海波,22,18"), ours.specialist, filename="a.csv")
    found = looked_at(run, "0101,王海波,22,18")
    assert (found.now.changes, found.now.new, found.now.same, found.before) == ([], [], 1, None)


def test_the_page_changes_nothing_until_it_is_committed(stage, sign_in):
    run = made(stage, opened)
    client = sign_in(stage.specialist)
    file = sheet("0101,王海波,22,18")
    file.name = "考勤.csv"
    looked = client.post(reverse("payroll:run_import", args=[run.pk]), {"file": file})
    assert "还没改动" in looked.content.decode()
    with tenant(stage.agency):
        assert not PayrollInput.objects.exists()
    url = reverse("payroll:run_import_commit", args=[run.pk])
    client.post(url, {"token": looked.context["token"]})
    with tenant(stage.agency):
        assert PayrollInput.objects.get().overtime_weekday_x100 == 18_00
    again = client.post(url, {"token": looked.context["token"]}, follow=True)
    assert "再传一次" in again.content.decode()


def test_pasted_cells_change_only_their_columns(stage, sign_in):
    run = made(stage, computed, overtime_weekday_x100=10_00, night_shifts=3)
    client = sign_in(stage.specialist)
    url = reverse("payroll:run_paste", args=[run.pk])
    looked = client.post(url, {"rows": "工号\t姓名\t夜班次数\n0101\t王海波\t4"})
    assert "夜班" in looked.content.decode()
    client.post(reverse("payroll:run_import_commit", args=[run.pk]), {"token": looked.context["token"]})
    with tenant(stage.agency):
        given = PayrollInput.objects.get()
        assert (given.night_shifts, given.overtime_weekday_x100, given.days_worked_x100) == (4, 10_00, 22_00)


def test_a_paste_says_nothing_of_whom_it_does_not_name(ours):
    approved(ours, OCTOBER.previous())
    run = opened(ours)
    attend(run, ours.worker, night_shifts=3)
    attend(run, employ(ours, "石磊", 306))
    pasted = dry_run(run, sheet("0101,4", headers="工号,夜班次数"), "a.csv", partial=True)
    assert [person.name for person in pasted.importer.placed.by_number.values()] == ["王海波"], "and reads nobody else"
    found = diff(run, pasted.importer.inputs, pasted.importer.written, whole=False)
    assert (found.now.new, found.now.missing, found.before) == ([], [], None)
    assert [(change.name, change.before, change.after) for change in found.now.changes] == [("王海波", 3, 4)]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("工号\t夜班次数\n0101\t四次", "四次"),
        ("工号\t夜班次数\n9999\t4", "花名册"),
        ("工号\t夜班次数\n0305\t4", "先导入"),
    ],
)
def test_bad_cells_are_named_and_nothing_changes(stage, sign_in, rows, words):
    with tenant(stage.agency):
        employ(stage, "丁秀英", 305)
        run = computed(stage, night_shifts=3)
    answer = sign_in(stage.specialist).post(reverse("payroll:run_paste", args=[run.pk]), {"rows": rows})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with tenant(stage.agency):
        assert PayrollInput.objects.get().night_shifts == 3


def test_a_run_that_was_handed_in_takes_no_sheet(stage, sign_in):
    run = made(stage, submitted)
    client = sign_in(stage.specialist)
    file = sheet("0101,王海波,22,18")
    file.name = "考勤.csv"
    assert client.post(reverse("payroll:run_import", args=[run.pk]), {"file": file}).status_code == 422
