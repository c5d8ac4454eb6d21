"""The attendance sheet has the columns the scheme asks for, and they find their way into the wages."""

import io

import pytest
from openpyxl import load_workbook

from payroll.models import PayrollInput
from payroll.runs.computing import compute
from payroll.runs.forms import InputForm
from payroll.runs.importing import import_attendance
from tests.payroll.runs.stage import HEADERS, opened, sheet, slip_of

from .scheme import with_items

pytestmark = pytest.mark.django_db

PIECES = {"name": "件数", "source": "quantity", "place": "note"}
BONUS = {"name": "绩效奖", "source": "amount"}
PAID = {"name": "计件奖", "source": "rate", "rate_millionths": 35_500, "quantity": "件数"}


def row(worker, *own):
    return ",".join([worker.employee_no, worker.name, "22", "0", "0", "0", "0", "0", "0", "0", "0", *own])


def test_own_columns_are_imported_and_paid(ours):
    with_items(ours, PIECES, BONUS, PAID)
    run = opened(ours)
    checked = import_attendance(
        run, sheet(row(ours.worker, "12345", "88.80"), headers=f"{HEADERS},件数,绩效奖"), ours.specialist
    )
    assert checked.is_clean, checked.report.errors
    assert PayrollInput.objects.get(run=run).items == {"item1": 12_345_00, "item2": 88_80}
    compute(run, ours.specialist)
    assert slip_of(run, ours.worker).allowances_fen == 438_25 + 88_80


def test_a_bad_cell_of_an_own_column_is_named(ours):
    with_items(ours, PIECES)
    checked = import_attendance(
        opened(ours), sheet(row(ours.worker, "很多"), headers=f"{HEADERS},件数"), ours.specialist
    )
    assert [error.field for error in checked.report.errors] == ["item_item1"]


def test_the_empty_sheet_has_the_columns(ours, client):
    with_items(ours, PIECES, BONUS, PAID)
    client.force_login(ours.specialist, backend="agency.staff.backends.PhoneOrEmailBackend")
    answer = client.get(f"/payroll/runs/{opened(ours).pk}/template/")
    headers = [
        cell.value for cell in next(load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(max_row=1))
    ]
    assert {"件数", "绩效奖"} <= {str(header).rstrip(" *") for header in headers}
    assert "计件奖" not in headers


def test_by_hand_too(ours):
    with_items(ours, PIECES, BONUS)
    given = {"days_worked_x100": "22", "item_item1": "12.5", "item_item2": "88.80"}
    form = InputForm.of(None, opened(ours), given)
    assert form.is_valid(), form.errors
    assert form.values["items"] == {"item1": 12_50, "item2": 88_80}
