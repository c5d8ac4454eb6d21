"""What a file that a person took holds: sheets of workbooks, members of archives, sums of columns in fen."""

import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook


def taken(page: Any, press: Any) -> BytesIO:
    """Press what gives a file out and return it."""
    with page.expect_download() as download:
        press.click()
    return BytesIO(Path(download.value.path()).read_bytes())


def rows_of(file: Any) -> list[list[Any]]:
    """Return the first sheet's rows."""
    return [list(row) for row in load_workbook(file, read_only=True).worksheets[0].iter_rows(values_only=True)]


def sum_of(rows: list[list[Any]], head: str) -> int:
    """Add up the column below a head, in fen; a line of totals at the end (without a name) is left out."""
    line = next(number for number, row in enumerate(rows) if head in row)
    at = rows[line].index(head)
    values = [row[at] for row in rows[line + 1 :] if row[0] not in (None, "", "合计") and row[at] not in (None, "")]
    return sum(int(Decimal(str(value)) * 100) for value in values)


def member(file: BytesIO, name: str) -> BytesIO:
    """Open one file of an archive."""
    return BytesIO(zipfile.ZipFile(file).read(name))
