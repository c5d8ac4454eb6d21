"""Triggers that look at all rows a statement touched, once for all of them."""

from typing import Any

import pgtrigger


def on_every_change(name: str, func: str, key: str) -> list[pgtrigger.Trigger]:
    """Return the triggers for insert, update and delete that run `func`, once a statement.

    `{touched}` in `func` becomes a table of the `key` column of every row there was or is now.
    """
    return [
        _trigger(f"{name}_insert", pgtrigger.Insert, func, key, "new_rows"),
        _trigger(f"{name}_update", pgtrigger.Update, func, key, "old_rows", "new_rows"),
        _trigger(f"{name}_delete", pgtrigger.Delete, func, key, "old_rows"),
    ]


def _trigger(name: str, operation: Any, func: str, key: str, *tables: str) -> pgtrigger.Trigger:
    touched = " UNION ".join(f"SELECT {key} FROM {table}" for table in tables)  # noqa: S608 (our own names)
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(
            old="old_rows" if "old_rows" in tables else None, new="new_rows" if "new_rows" in tables else None
        ),
        func=func.replace("{touched}", touched),
    )
