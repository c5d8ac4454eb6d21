"""An attendance sheet is taken whole or not at all, and every bad cell is named."""

import pytest
from django.db import IntegrityError, connection, transaction

from agency.tenancy.context import tenant
from payroll.models import PayrollInput
from payroll.refusals import Refused
from payroll.runs.importing import dry_run, import_attendance
from tests.payroll.runs.stage import employ, opened, sheet, submitted

pytestmark = pytest.mark.django_db


def findings(checked):
    return [(error.row, error.header, error.reason.msgid) for error in checked.report.errors]


def test_a_clean_sheet_is_taken(ours):
    run = opened(ours)
    checked = import_attendance(
        run, sheet("0101,王海波,22,20,16,8,12,1.5,200,62.4,1000"), ours.specialist, filename="10月考勤.csv"
    )
    row = PayrollInput.objects.get(run=run)
    assert checked.is_clean
    assert (row.worker, row.days_worked_x100, row.days_absent_x100) == (ours.worker, 22_00, 1_50)
    assert (row.overtime_weekday_x100, row.overtime_rest_day_x100, row.overtime_holiday_x100) == (20_00, 16_00, 8_00)
    assert (row.night_shifts, row.allowances_fen, row.deductions_fen, row.additional_fen) == (
        12,
        200_00,
        62_40,
        1000_00,
    )
    run.refresh_from_db()
    assert (run.imported_by, run.source_file) == (ours.specialist, "10月考勤.csv")


def test_the_same_sheet_twice_changes_nothing(ours):
    run = opened(ours)
    for _time in range(2):
        import_attendance(run, sheet("0101,王海波,22"), ours.specialist)
    assert PayrollInput.objects.filter(run=run).count() == 1


def test_one_bad_row_and_nothing_is_taken(ours):
    run = opened(ours)
    employ(ours, "丁秀英", 305)
    checked = import_attendance(run, sheet("0101,王海波,22", "0305,丁秀英,33天"), ours.specialist)
    assert not checked.is_clean
    assert PayrollInput.objects.count() == 0
    assert [error.column for error in checked.report.errors] == ["C"]


def test_people_who_are_unknown_or_elsewhere_are_named(ours):
    run = opened(ours)
    checked = dry_run(run, sheet("9999,石磊,22", "0102,罗永强,22", "0101,王海涛,22"))
    assert findings(checked) == [
        (2, "工号", "Nobody in the roster has this number. Check it, or employ the person first."),
        (3, "工号", "%(name)s was not at this client in %(month)s. Check the placement, or delete the row."),
        (4, "姓名", "This number belongs to %(known)s. Check name and number."),
    ]


def test_the_same_person_by_number_and_by_identity_is_noticed(ours):
    run = opened(ours)
    headers = "工号,姓名,身份证号,出勤天数"
    checked = dry_run(run, sheet("0101,王海波,,22", f",王海波,{ours.worker.identity_number},22", headers=headers))
    assert findings(checked) == [(3, "身份证号", "The same person as in row %(row)d. Keep one of the two.")]


def test_another_agencys_workers_are_unknown(cast, ours):
    run = opened(ours)
    assert findings(dry_run(run, sheet("0501,王海波,22")))[0][2].startswith("Nobody in the roster")


def test_every_row_of_a_person_after_the_first_is_named(ours):
    run = opened(ours)
    checked = dry_run(run, sheet("0101,王海波,22", "0101,王海波,22"))
    assert [row for row, *_rest in findings(checked)] == [3]


def test_a_bad_row_among_good_ones_is_the_only_one_named(ours):
    run = opened(ours)
    employ(ours, "丁秀英", 305)
    employ(ours, "石磊", 306)
    checked = dry_run(run, sheet("0101,王海波,22", "9999,无名,22", "0306,石磊,22", "0305,丁秀,22"))
    assert [row for row, *_rest in findings(checked)] == [3, 5]
    assert checked.importer.inputs["days_worked_x100"] == [22_00, 22_00]


def test_another_agencys_worker_is_refused_by_the_database(cast):
    with tenant(cast.ours.agency):
        run = opened(cast.ours)
        with pytest.raises(IntegrityError, match="does not have"), transaction.atomic():
            PayrollInput.objects.create(run=run, worker_id=cast.theirs.worker.pk)


def test_a_worker_with_figures_stays(ours):
    run = opened(ours)
    import_attendance(run, sheet("0101,王海波,22"), ours.specialist)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE workers_worker SET id = id + 1000000 WHERE id = %s", [ours.worker.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_who_is_missing_is_counted(ours):
    run = opened(ours)
    employ(ours, "丁秀英", 305)
    assert dry_run(run, sheet("0101,王海波,22")).missing == 1


def test_a_sheet_without_the_columns_says_which(ours):
    checked = dry_run(opened(ours), sheet("王海波", headers="姓名"))
    assert not checked.is_clean
    assert len(checked.problems) == 2


def test_a_run_that_was_handed_in_takes_no_sheet(ours):
    run = submitted(ours)
    with pytest.raises(Refused):
        import_attendance(run, sheet("0101,王海波,22"), ours.specialist)
