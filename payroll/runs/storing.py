"""Write a run's payslips at once: COPY into a temporary table, then one INSERT … SELECT into the real one.

PostgreSQL refuses COPY into a table with row-level security. A payslip that was looked at and has not changed keeps
its mark; one whose worker has left the run goes.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from agency.money import Column
from payroll.models import PayrollRun, Payslip

from .binary import binary_rows

TEMPORARY = "payslips_computed"
# Stands for "nothing" in a column of numbers; no amount and no key is as small.
NULL = -(2**62)
NULLABLE = ("policy_id", "previous_net_fen")


@dataclass(frozen=True)
class Table:
    """Columns of payslips by their names in the table, all of one length: numbers, texts and JSON texts."""

    numbers: dict[str, Column]
    texts: dict[str, list[bytes]]
    jsons: dict[str, Iterable[bytes]]


def store(run: PayrollRun, table: Table) -> None:
    """Replace the draft payslips of a run.

    Runs inside the caller's transaction; the database refuses when the run is closed.
    """
    columns = [*table.numbers, *table.texts, *table.jsons]
    names = ", ".join(columns)
    values = ", ".join(f"NULLIF({name}, {NULL})" if name in NULLABLE else name for name in columns)
    stored = Payslip.objects.filter(run=run)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TEMPORARY}")
        cursor.execute(
            f"CREATE TEMPORARY TABLE {TEMPORARY} ON COMMIT DROP AS SELECT {names} FROM payroll_payslip WITH NO DATA"  # noqa: S608
        )
        rows = binary_rows(table.numbers, _types(), [*table.texts.values()], [*table.jsons.values()])
        cursor.copy_expert(f"COPY {TEMPORARY} ({names}) FROM STDIN (FORMAT binary)", _Pieces(rows), 2**20)
        insert = f"INSERT INTO payroll_payslip AS slip (agency_id, {names}) SELECT %s, {values} FROM {TEMPORARY}"  # noqa: S608
        if stored.exists():
            cursor.execute(
                f"DELETE FROM payroll_payslip AS slip WHERE slip.agency_id = %s AND slip.run_id = %s AND NOT EXISTS "  # noqa: S608
                f"(SELECT 1 FROM {TEMPORARY} AS now WHERE now.worker_id = slip.worker_id)",
                [run.agency_id, run.pk],
            )
            insert += _replacing(columns)
        cursor.execute(insert, [run.agency_id])


def _replacing(columns: Iterable[str]) -> str:
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in ("run_id", "worker_id"))
    return (
        f" ON CONFLICT (agency_id, run_id, worker_id) DO UPDATE SET {updates}, looked_by_id = CASE WHEN "
        f"(slip.checks, slip.net_fen) = (excluded.checks, excluded.net_fen) THEN slip.looked_by_id END"
    )


def _types() -> dict[str, str]:
    return {field.column: str(field.db_type(connection)) for field in Payslip._meta.concrete_fields}


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a file that COPY reads bit by bit: the whole run never stands in memory at once."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces = pieces
        self.rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self.rest) < size and (piece := next(self.pieces, None)) is not None:
            self.rest += piece
        whole, self.rest = self.rest[:size], self.rest[size:]
        return whole
