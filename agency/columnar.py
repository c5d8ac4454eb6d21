"""Read a query as columns of whole numbers: COPY's binary rows are laid out alike, so numpy reads them in one piece.

Row-level security holds as for any SELECT. https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-FILE-FORMATS
"""

import datetime as dt
import io
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, DateField, F, Func, QuerySet
from django.db.models.expressions import Col

from agency.money import Column

# Stands for NULL in a column of numbers; no amount, day or key is as small.
NULL = -(2**62)
HEADER, TRAILER = 19, 2
EPOCH = dt.date(1970, 1, 1)

Columns = dict[str, Column]


class Whole(Func):
    """A number, a flag (0 or 1) or a date (days since 1970-01-01) as a bigint; NULL becomes `NULL`."""

    output_field = BigIntegerField()

    def as_sql(self, compiler: Any, connection: Any, *_given: Any, **_context: Any) -> tuple[str, Any]:
        source = self.source_expressions[0]
        inner, params = compiler.compile(source)
        kind = source.output_field
        if isinstance(kind, DateField):
            inner = f"({inner} - DATE '1970-01-01')"
        elif isinstance(kind, BooleanField):
            inner = f"({inner})::int"
        whole = f"({inner})::bigint"
        always = isinstance(source, Col) and not source.target.null
        return whole if always else f"COALESCE({whole}, {NULL})", params


class KeySet:
    """Keys already read, to filter others by: PostgreSQL sees how many they are, and walks an index along them."""

    def __init__(self, keys: Iterable[int]) -> None:
        self.written = f"{{{','.join(map(str, keys))}}}"

    def names(self, field: str) -> Func:
        """Return the condition that a field holds one of the keys."""
        return _OneOf(F(field), written=self.written)


class _OneOf(Func):
    output_field = BooleanField()

    def as_sql(self, compiler: Any, connection: Any, *_given: Any, **_context: Any) -> tuple[str, Any]:
        inner, params = compiler.compile(self.source_expressions[0])
        return f"{inner} = ANY(%s::bigint[])", [*params, self.extra["written"]]


def read_columns(rows: QuerySet, **fields: Any) -> Columns:
    """Return columns by name, in the order of the query; each field is a path or an expression `Whole` can take."""
    asked = rows.values_list(*(Whole(F(field) if isinstance(field, str) else field) for field in fields.values()))
    try:
        sql, params = asked.query.sql_with_params()
    except EmptyResultSet:  # the query's own conditions say that no row can be there
        return {name: np.empty(0, dtype=np.int64) for name in fields}
    written = io.BytesIO()
    with connection.cursor() as cursor:
        query = cursor.mogrify(sql, params).decode()
        cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT binary)", written)
    layout = np.dtype([("fields", ">i2"), *((part, kind) for name in fields for part, kind in _parts(name))])
    count = (written.tell() - HEADER - TRAILER) // layout.itemsize
    table = np.frombuffer(written.getbuffer(), layout, count, HEADER)
    if (written.tell() - HEADER - TRAILER) % layout.itemsize or any((table[f"{name}#"] != 8).any() for name in fields):
        raise ValueError("a column was empty where its field may not be")
    return {name: table[name].astype(np.int64) for name in fields}


def day_number(day: dt.date) -> int:
    """Return a date as columns hold it."""
    return (day - EPOCH).days


def day_of(number: int) -> dt.date:
    return EPOCH + dt.timedelta(days=number)


def matched(keys: Column, among: Column) -> tuple[Column, np.ndarray]:
    """Return for each key its row `among` others, the last of several, and whether there is one (else the row is 0)."""
    if not len(among):
        return np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=bool)
    order = np.argsort(among, kind="stable")
    at = np.maximum(np.searchsorted(among[order], keys, side="right") - 1, 0)
    rows = order[at]
    found = among[rows] == keys
    return np.where(found, rows, 0), found


def spread(keys: Column, table: Mapping[str, Column], key: str, name: str, default: int = 0) -> Column:
    """Return a table's column in the order of `keys`, `default` for those it does not have."""
    return spread_all(keys, table, key, **{name: default})[name]


def spread_all(keys: Column, table: Mapping[str, Column], key: str, **defaults: int) -> Columns:
    """Return several columns of a table in the order of `keys`, each with its default for those it does not have."""
    rows, found = matched(keys, table[key])
    if not found.any():
        return {name: np.full(len(keys), default, dtype=np.int64) for name, default in defaults.items()}
    return {name: np.where(found, table[name][rows], default) for name, default in defaults.items()}


def _parts(name: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (f"{name}#", ">i4"), (name, ">i8")
