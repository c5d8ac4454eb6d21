"""The columns a client's pay scheme adds to the attendance sheet and to the form by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from agency.spreadsheets.columns import Table
from payroll.calculation.items import Item, Source
from payroll.models import PayrollRun
from payroll.schemes.choosing import scheme_of
from payroll.schemes.rules import inputs_of

from .attendance_columns import field_of, with_own
from .one_time_columns import table_of


def own_items(run: PayrollRun) -> list[Item]:
    """Return the items a run asks the client for; only a regular run pays by the scheme's items."""
    if run.kind != PayrollRun.Kind.REGULAR:
        return []
    return inputs_of(scheme_of(run.client_id, run.month))


def sheet_of(run: PayrollRun, items: Iterable[Item]) -> Table:
    """Return the table of a run's sheet with the columns of `items`."""
    return with_own(table_of(run.kind), items)


def some_columns_of(run: PayrollRun) -> Table:
    """Return the table of a run's sheet of which any columns may be missing, but for who is meant."""
    table = table_of(run.kind)
    columns = tuple(replace(column, required=False) for column in table.columns)
    return replace(table, columns=columns, one_of=(("employee_no", "identity_number"),))


def stored_items(items: Iterable[Item], values: Mapping[str, Any]) -> dict[str, int]:
    """Return what to keep of the values read: fen or hundredths by the item's key, without what is 0."""
    stored = {item.key: _stored(item, values.get(field_of(item))) for item in items}
    return {key: value for key, value in stored.items() if value}


def shown_items(items: Iterable[Item], stored: Mapping[str, int]) -> dict[str, Any]:
    """Return what a form shows of the kept values."""
    kept = {item: stored.get(item.key, 0) for item in items}
    return {
        field_of(item): value if item.source == Source.AMOUNT else Decimal(value) / 100 for item, value in kept.items()
    }


def _stored(item: Item, value: Any) -> int:
    return int(value or 0) if item.source == Source.AMOUNT else int((value or Decimal(0)) * 100)
