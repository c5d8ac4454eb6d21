"""Tell what each workbook of a folder is by its headers, not by its name."""

from dataclasses import dataclass
from pathlib import Path

from agency.spreadsheets.columns import Table
from agency.spreadsheets.opening import open_upload
from agency.spreadsheets.refusals import Refused
from agency.spreadsheets.uploads import prepare
from payroll.matching.layout import bureau_table
from payroll.runs.attendance_columns import ATTENDANCE
from servicedesk.communication.record_columns import RECORDS
from workers.imports.roster_columns import ROSTER

WORKBOOKS = {".xlsx", ".xls", ".csv"}
TABLES = (ROSTER, ATTENDANCE, RECORDS, bureau_table())

# Two or three headers fit many a table.
LEAST_COLUMNS = 3


@dataclass(frozen=True)
class Found:
    path: Path
    table: Table


def workbooks(folder: Path) -> list[Found]:
    """Return the folder's workbooks whose headers fit one of our tables, in the order of their names."""
    paths = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in WORKBOOKS]
    return [Found(path, table) for path in paths if (table := table_of(path))]


def table_of(path: Path) -> Table | None:
    """Return the table whose columns a workbook's headers fit best, or None when required ones are missing in all."""
    best, most = None, 0
    for table in TABLES:
        try:
            mapping = prepare(open_upload(path, path.name), table).mapping
        except Refused:
            continue
        if mapping.complete and len(mapping.assigned) > max(most, LEAST_COLUMNS):
            best, most = table, len(mapping.assigned)
    return best
