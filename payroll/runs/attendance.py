"""The figures of an attendance sheet as columns, as the run keeps them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from agency.spreadsheets.checking import Batch
from payroll.calculation.items import Item

from .attendance_columns import field_of
from .own_columns import stored_items

# Where a column of the sheet goes; days and hours are kept in hundredths.
HUNDREDTHS = {
    "days_worked": "days_worked_x100",
    "days_absent": "days_absent_x100",
    "sick_days": "sick_days_x100",
    "overtime_hours": "overtime_weekday_x100",
    "weekend_hours": "overtime_rest_day_x100",
    "holiday_hours": "overtime_holiday_x100",
}
WHOLE = {
    "night_shifts": "night_shifts",
    "allowances_fen": "allowances_fen",
    "deductions_fen": "deductions_fen",
    "special_deduction_fen": "additional_fen",
    "one_time_fen": "one_time_fen",
}
WHO = ("employee_no", "name", "identity_number")
FIGURES = (*HUNDREDTHS.values(), *WHOLE.values())
WRITTEN = [*FIGURES, "taxed_apart", "items", "remark", "left_out"]

Inputs = dict[str, list[Any]]


def no_inputs() -> Inputs:
    return {name: [] for name in ("worker_id", *WRITTEN)}


def add_inputs(inputs: Inputs, workers: Sequence[int], batch: Batch, items: Sequence[Item]) -> None:
    """Add the figures of these workers, in the order of the batch."""
    rows, columns = len(batch), batch.columns
    inputs["worker_id"] += workers
    for theirs, ours in HUNDREDTHS.items():
        inputs[ours] += _each(columns.get(theirs), rows, _hundredths)
    for theirs, ours in WHOLE.items():
        inputs[ours] += _each(columns.get(theirs), rows, int)
    apart, remarks = columns.get("taxed_apart"), columns.get("remark")
    inputs["taxed_apart"] += [value is not False for value in apart] if apart else [True] * rows
    inputs["remark"] += [remark or "" for remark in remarks] if remarks else [""] * rows
    inputs["items"] += _items(items, batch)
    inputs["left_out"] += [False] * rows


def _each(column: Sequence[Any] | None, rows: int, convert: Any) -> Iterable[int]:
    """Return what is kept of a column, 0 for blanks; what stands in it twice is converted once."""
    if column is None:
        return [0] * rows
    kept = {value: convert(value) if value is not None else 0 for value in set(column)}
    return map(kept.__getitem__, column)


def _hundredths(value: Decimal) -> int:
    return int(value * 100)


def _items(items: Sequence[Item], batch: Batch) -> list[dict[str, int]]:
    if not items:
        return [{}] * len(batch)
    names = [field_of(item) for item in items]
    rows = zip(*(batch.columns.get(name) or [None] * len(batch) for name in names), strict=True)
    return [stored_items(items, dict(zip(names, values, strict=True))) for values in rows]
