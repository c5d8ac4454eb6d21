"""Yearly tables of days that an authority sets and no rule gives."""

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from agency.periods import Period

TABLES = {"income_tax": Path(__file__).parent / "data" / "income_tax_deadlines.json"}


@cache
def deadlines(table: str) -> Mapping[Period, dt.date]:
    """Return the known deadlines of a table by month. Raises `KeyError` for an unknown table."""
    years = json.loads(TABLES[table].read_text(encoding="utf-8"))["years"]
    days = [dt.date.fromisoformat(day) for year in years for day in year["deadlines"]]
    return {Period.of(day): day for day in days}
