"""Write a run's payslips at once: COPY into a temporary table, then one INSERT … SELECT into the real one.

PostgreSQL refuses COPY into a table with row-level security. A payslip that was looked at and has not changed keeps
its mark; one whose worker has left the run goes.
"""

import io
from collections.abc import Iterable, Sequence

from django.db import connection

from payroll.models import PayrollRun

TEMPORARY = "payslips_computed"
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def store(run: PayrollRun, columns: Sequence[str], rows: Iterable[str]) -> None:
    """Replace the draft payslips of a run; `rows` are lines of COPY's text format in the order of `columns`.

    Runs inside the caller's transaction; the database refuses when the run is closed.
    """
    names = ", ".join(columns)
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in ("run_id", "worker_id"))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TEMPORARY}")
        cursor.execute(
            f"CREATE TEMPORARY TABLE {TEMPORARY} ON COMMIT DROP AS SELECT {names} FROM payroll_payslip WITH NO DATA"  # noqa: S608
        )
        cursor.copy_expert(f"COPY {TEMPORARY} ({names}) FROM STDIN", _Lines(rows))
        cursor.execute(
            f"DELETE FROM payroll_payslip AS slip WHERE slip.agency_id = %s AND slip.run_id = %s AND NOT EXISTS "  # noqa: S608
            f"(SELECT 1 FROM {TEMPORARY} AS now WHERE now.worker_id = slip.worker_id)",
            [run.agency_id, run.pk],
        )
        cursor.execute(
            f"INSERT INTO payroll_payslip AS slip (agency_id, {names}) SELECT %s, {names} FROM {TEMPORARY} "  # noqa: S608
            f"ON CONFLICT (agency_id, run_id, worker_id) DO UPDATE SET {updates}, looked_by_id = CASE WHEN "
            f"(slip.checks, slip.net_fen) = (excluded.checks, excluded.net_fen) THEN slip.looked_by_id END",
            [run.agency_id],
        )


def escaped(text: str) -> str:
    """Return a text as COPY's text format wants it."""
    return text.translate(_ESCAPED)


class _Lines(io.RawIOBase):
    """Lines as a file that COPY reads piece by piece: the whole run never stands in memory as text."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = iter(lines)
        self.rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        pieces, length = [self.rest], len(self.rest)
        while length < size and (line := next(self.lines, None)) is not None:
            pieces.append(line.encode())
            length += len(pieces[-1])
        whole = b"".join(pieces)
        self.rest = whole[size:]
        return whole[:size]
