"""Insert thousands of rows at once: COPY into a temporary table, then one INSERT … SELECT under the policy.

PostgreSQL refuses COPY into a table with row-level security. Triggers and constraints see the INSERT as any other.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, models

from agency.privacy.fields import BlindIndexField, EncryptedTextField

from .context import current_agency_id

TEMPORARY = "rows_copied"
_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
Column = Sequence[Any]


def copy_rows(
    model: type[models.Model],
    columns: Mapping[str, Column],
    *,
    unique: Sequence[str] = (),
    update: Sequence[str] = (),
) -> None:
    """Insert rows of the active agency, given by column name; all columns have one length.

    Personal numbers are encrypted and indexed here; what is not given gets its default. Of a row that is there already
    by its `unique` columns only the columns of `update` change; one that is the same already is left alone.
    """
    agency_id = current_agency_id()
    meta: Any = model._meta
    fields = {field.attname: field for field in meta.concrete_fields if field.attname in columns}
    # What is the same in all rows is said once.
    alike = {
        name: field for name, field in fields.items() if name != next(iter(fields)) and _is_one(field, columns[name])
    }
    texts = {field.column: _texts(field, columns[name]) for name, field in fields.items() if name not in alike}
    once = {f.column: f.get_db_prep_save(columns[name][0], connection) for name, f in alike.items()}
    for field in meta.concrete_fields:
        if isinstance(field, BlindIndexField) and field.source in columns:
            texts[field.column] = _texts(field, field.indexes_for(columns[field.source], agency_id))
    same = {"agency_id": agency_id, **_defaults(model, texts | once), **once}
    into, given = ", ".join([*texts, *same]), ", ".join(texts)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TEMPORARY}")
        cursor.execute(
            f"CREATE TEMPORARY TABLE {TEMPORARY} ON COMMIT DROP AS SELECT {given} FROM {meta.db_table} WITH NO DATA"  # noqa: S608
        )
        lines = "\n".join(map("\t".join, zip(*texts.values(), strict=True)))
        cursor.copy_expert(f"COPY {TEMPORARY} ({given}) FROM STDIN", io.StringIO(lines))
        marks = ", ".join(["%s"] * len(same))
        insert = f"INSERT INTO {meta.db_table} ({into}) SELECT {given}, {marks} FROM {TEMPORARY}"  # noqa: S608
        if unique:
            changes = ", ".join(f"{name} = excluded.{name}" for name in update)
            insert += f" ON CONFLICT ({', '.join(unique)}) DO UPDATE SET {changes} WHERE {_differs(meta, update)}"
        cursor.execute(insert, [*same.values()])


def _differs(meta: Any, update: Sequence[str]) -> str:
    """Return the condition under which a row is written again; each token of a secret is another text."""
    names = [name for name in update if not isinstance(meta.get_field(name), EncryptedTextField)]
    rows = ", ".join(f"{meta.db_table}.{name}" for name in names), ", ".join(f"excluded.{name}" for name in names)
    return f"({rows[0]}) IS DISTINCT FROM ({rows[1]})" if len(names) == len(update) else "TRUE"


def columns_of(rows: Sequence[models.Model], names: Sequence[str]) -> dict[str, list[Any]]:
    """Return rows that are not written yet as the columns `copy_rows` takes."""
    return {name: list(map(attrgetter(name), rows)) for name in names}


def next_keys(model: type[models.Model], count: int) -> list[int]:
    """Return keys for rows that others will point at before they are written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return [key for (key,) in cursor.fetchall()]


def _defaults(model: type[models.Model], given: Mapping[str, Any]) -> dict[str, Any]:
    blank = model()
    fields: list[Any] = [
        f for f in model._meta.concrete_fields if f.column and f.column not in given and not f.primary_key
    ]
    values = {f.column: f.get_db_prep_save(f.pre_save(blank, add=True), connection) for f in fields}
    values.pop("agency_id", None)
    return values


def _is_one(field: models.Field[Any, Any], values: Column) -> bool:
    """Tell whether a column holds one value over and over; what is encrypted is another text each time."""
    secret = isinstance(field, EncryptedTextField | BlindIndexField)
    return len(values) > 1 and not secret and values[0] == values[-1] and values.count(values[0]) == len(values)


def _texts(field: models.Field[Any, Any], values: Column) -> list[str]:
    """Return a column as COPY reads it."""
    if isinstance(field, EncryptedTextField):
        return [_text(value) for value in field.tokens(values)]
    if isinstance(field, models.JSONField):
        values = [None if value is None else json.dumps(value) for value in values]
    kinds = set(map(type, values))
    if kinds == {int} or (kinds == {str} and not _SPECIAL.search("".join(values))):
        return list(map(str, values))
    return [_text(value) for value in values]


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], value) if _SPECIAL.search(value) else value
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
