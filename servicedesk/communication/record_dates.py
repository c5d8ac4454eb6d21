"""Dates of a workbook that says its month in the title and writes 10月8日 below."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from agency.periods import Period
from agency.spreadsheets.cells import Cell
from agency.spreadsheets.columns import Table
from agency.spreadsheets.kinds import Date
from agency.spreadsheets.kinds.base import narrow

from .record_columns import RECORDS

_NO_YEAR = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?")


@dataclass(frozen=True)
class DayOfMonth(Date):
    """Read a date of one month; the year may be left out, because the month says it."""

    def read(self, value: Cell) -> dt.date | None:
        if isinstance(value, str) and (match := _NO_YEAR.fullmatch(narrow(value))):
            value = f"{self.earliest.year}-{match[1]}-{match[2]}"
        return super().read(value)


def records_of(period: Period) -> Table:
    """Return the table of records of one month: days outside it are errors."""
    kind = DayOfMonth(earliest=period.first_day, latest=period.last_day)
    columns = (replace(column, kind=kind) if column.field == "date" else column for column in RECORDS.columns)
    return replace(RECORDS, columns=tuple(columns))
