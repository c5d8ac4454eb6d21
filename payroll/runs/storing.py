"""Write a run's payslips at once: COPY into a temporary table, then one INSERT … SELECT into the real one.

PostgreSQL refuses COPY into a table with row-level security. What the roster knows is not sent there and back: names
come with a join, and a column that is the same for all is sent once. A payslip that was looked at and has not changed
keeps its mark; one whose worker has left the run goes.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from agency.columnar import NULL
from agency.money import Column
from payroll.models import PayrollRun, Payslip

from .binary import binary_rows

TEMPORARY = "payslips_computed"
NULLABLE = ("policy_id", "previous_net_fen")
# From the roster, in the same statement: `worker` is its row.
OF_WORKER = ("name", "name_pinyin", "employee_no")


@dataclass(frozen=True)
class Table:
    """Payslips as columns of one length: the workers, numbers by their names in the table, and figures as JSON texts.

    `place` is each one's number in `places`, from 0.
    """

    workers: Column
    numbers: dict[str, Column]
    places: list[str]
    place: Column
    inputs: Iterable[bytes]


def store(run: PayrollRun, table: Table) -> None:
    """Replace the draft payslips of a run.

    Runs inside the caller's transaction; the database refuses when the run is closed.
    """
    if not len(table.workers):
        Payslip.objects.filter(run=run).delete()
        return
    same = {name: int(values[0]) for name, values in table.numbers.items() if values.min() == values.max()}
    columns = {name: values for name, values in table.numbers.items() if name not in same}
    columns |= {"worker_id": table.workers, "place_number": table.place}
    stored = Payslip.objects.filter(run=run)
    with connection.cursor() as cursor:
        _copy(cursor, columns, table.inputs)
        replaces = stored.exists()
        if replaces:
            cursor.execute(
                f"DELETE FROM payroll_payslip AS slip WHERE slip.agency_id = %s AND slip.run_id = %s AND NOT EXISTS "  # noqa: S608
                f"(SELECT 1 FROM {TEMPORARY} AS now WHERE now.worker_id = slip.worker_id)",
                [run.agency_id, run.pk],
            )
        cursor.execute(*_insert(run, table, same, replaces))


def _copy(cursor: Any, columns: dict[str, Column], inputs: Iterable[bytes]) -> None:
    types = {field.column: str(field.db_type(connection)) for field in Payslip._meta.concrete_fields}
    types["place_number"] = "integer"
    made = ", ".join([*(f"{name} {types[name]}" for name in columns), "inputs jsonb"])
    # The triggers of the payslips look at all new rows once more: they shall find them in memory.
    cursor.execute(
        f"SET LOCAL work_mem = '32MB'; DROP TABLE IF EXISTS {TEMPORARY}; "
        f"CREATE TEMPORARY TABLE {TEMPORARY} ({made}) ON COMMIT DROP"
    )
    rows = binary_rows(columns, types, inputs)
    cursor.copy_expert(f"COPY {TEMPORARY} FROM STDIN (FORMAT binary)", _Pieces(rows), 2**20)
    cursor.execute(f"ANALYZE {TEMPORARY} (worker_id)")  # joined with a roster of any size: by index, or whole


def _insert(run: PayrollRun, table: Table, same: dict[str, int], replaces: bool) -> tuple[str, list[Any]]:
    values: dict[str, tuple[str, list[Any]]] = {
        "agency_id": ("%s", [run.agency_id]),
        "run_id": ("%s", [run.pk]),
        "worker_id": ("now.worker_id", []),
        "place": ("(%s::text[])[now.place_number + 1]", [table.places]),
        "inputs": ("now.inputs", []),
    }
    values |= {name: (f"worker.{name}", []) for name in OF_WORKER}
    for name in table.numbers:
        if name in same:
            values[name] = "%s", [None if name in NULLABLE and same[name] == NULL else same[name]]
        else:
            values[name] = f"NULLIF(now.{name}, {NULL})" if name in NULLABLE else f"now.{name}", []
    asked = ", ".join(sql for sql, _params in values.values())
    insert = (
        f"INSERT INTO payroll_payslip AS slip ({', '.join(values)}) SELECT {asked} FROM {TEMPORARY} AS now "  # noqa: S608
        f"JOIN workers_worker AS worker ON worker.agency_id = %s AND worker.id = now.worker_id"
    )
    params = [param for _sql, given in values.values() for param in given] + [run.agency_id]
    return insert + (_replacing(values) if replaces else ""), params


def _replacing(columns: Iterable[str]) -> str:
    kept = ("agency_id", "run_id", "worker_id")
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in kept)
    return (
        f" ON CONFLICT (agency_id, run_id, worker_id) DO UPDATE SET {updates}, looked_by_id = CASE WHEN "
        f"(slip.checks, slip.net_fen) = (excluded.checks, excluded.net_fen) THEN slip.looked_by_id END"
    )


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
