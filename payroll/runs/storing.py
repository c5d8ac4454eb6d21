"""Write a run's payslips at once: COPY into a temporary table, then one INSERT … SELECT into the real one.

PostgreSQL refuses COPY into a table with row-level security. What the roster knows is not sent there and back: names
come with a join, and a column that is the same for all is sent once. A payslip that was looked at and has not changed
keeps its mark; one whose worker has left the run goes.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection

from agency.columnar import NULL, read_columns, spread
from agency.money import Column
from payroll.models import PayrollRun, Payslip
from payroll.payslips.figure_texts import FigureTexts

from .binary import binary_rows

TEMPORARY = "payslips_computed"
NULLABLE = ("policy_id", "previous_net_fen")
# From the roster, in the same statement: `worker` is its row.
OF_WORKER = ("name", "name_pinyin", "employee_no")
SOURCE = (
    f"{TEMPORARY} AS now JOIN workers_worker AS worker ON worker.agency_id = %(agency)s AND worker.id = now.worker_id"
)
# The key of a payslip that is not there yet.
NEW = 0


@dataclass(frozen=True)
class Table:
    """Payslips as columns of one length: the workers, numbers by their names in the table, and figures as JSON texts.

    `place` is each one's number in `places`, from 0.
    """

    workers: Column
    numbers: dict[str, Column]
    places: list[str]
    place: Column
    inputs: FigureTexts


def store(run: PayrollRun, table: Table) -> None:
    """Replace the draft payslips of a run; those that come out as they were are not written again.

    Runs inside the caller's transaction; the database refuses when the run is closed.
    """
    stored = read_columns(Payslip.objects.filter(run=run), worker_id="worker_id", pk="pk")
    _remove(run, stored["pk"][~np.isin(stored["worker_id"], table.workers)].tolist())
    if not len(table.workers):
        return
    keys = spread(table.workers, stored, "worker_id", "pk", NEW)
    same = {name: int(values[0]) for name, values in table.numbers.items() if values.min() == values.max()}
    columns = {name: values for name, values in table.numbers.items() if name not in same}
    columns |= {"worker_id": table.workers, "place_number": table.place, "stored_id": keys}
    params = {"agency": run.agency_id, "run": run.pk, "places": table.places}
    fresh = _values(table.numbers, same)
    with connection.cursor() as cursor:
        _copy(cursor, columns, table.inputs)
        if (keys != NEW).any():
            cursor.execute(_update(fresh), params)
        if (keys == NEW).any():
            cursor.execute(_insert(fresh), params)


def _remove(run: PayrollRun, keys: list[int]) -> None:
    """Delete payslips without reading them first; the database keeps those that something refers to."""
    if keys:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM payroll_payslip WHERE agency_id = %s AND id = ANY(%s)", [run.agency_id, keys])


def _copy(cursor: Any, columns: dict[str, Column], inputs: FigureTexts) -> None:
    types = {field.column: str(field.db_type(connection)) for field in Payslip._meta.concrete_fields}
    types |= {"place_number": "integer", "stored_id": "bigint"}
    made = ", ".join([*(f"{name} {types[name]}" for name in columns), "inputs jsonb"])
    # The triggers of the payslips look at all new rows once more: they shall find them in memory.
    cursor.execute(
        f"SET LOCAL work_mem = '32MB'; DROP TABLE IF EXISTS {TEMPORARY}; "
        f"CREATE TEMPORARY TABLE {TEMPORARY} ({made}) ON COMMIT DROP"
    )
    rows = binary_rows(columns, types, inputs)
    cursor.copy_expert(f"COPY {TEMPORARY} FROM STDIN (FORMAT binary)", _Pieces(rows), 2**20)
    # Joined with a roster and payslips of any number: by index, or whole.
    cursor.execute(f"ANALYZE {TEMPORARY} (worker_id, stored_id)")


def _values(numbers: Iterable[str], same: dict[str, int]) -> dict[str, str]:
    """Return each column of the payslips in SQL; what changes most often comes first, the figures last."""
    values = {name: f"worker.{name}" for name in OF_WORKER} | {"place": "(%(places)s::text[])[now.place_number + 1]"}
    for name in numbers:
        source = str(same[name]) if name in same else f"now.{name}"
        values[name] = f"NULLIF({source}, {NULL})" if name in NULLABLE else source
    return values | {"inputs": "now.inputs"}


def _insert(fresh: dict[str, str]) -> str:
    keys = {"agency_id": "%(agency)s", "run_id": "%(run)s", "worker_id": "now.worker_id"}
    return (
        f"INSERT INTO payroll_payslip ({', '.join([*keys, *fresh])}) "  # noqa: S608 (our own names and numbers)
        f"SELECT {', '.join([*keys.values(), *fresh.values()])} FROM {SOURCE} WHERE now.stored_id = {NEW}"
    )


def _update(fresh: dict[str, str]) -> str:
    changes = ", ".join(f"{name} = {value}" for name, value in fresh.items())
    return (
        f"UPDATE payroll_payslip AS slip SET {changes}, looked_by_id = CASE WHEN "  # noqa: S608 (as above)
        f"(slip.checks, slip.net_fen) = ({fresh['checks']}, {fresh['net_fen']}) THEN slip.looked_by_id END "
        f"FROM {SOURCE} WHERE slip.agency_id = %(agency)s AND slip.id = now.stored_id "
        f"AND ({', '.join(f'slip.{name}' for name in fresh)}) IS DISTINCT FROM ({', '.join(fresh.values())})"
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
