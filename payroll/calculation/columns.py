"""Columns in and out of the calculation: int64 arrays of shape (n,), one row a worker, and what is wrong
with a row.
"""

from dataclasses import fields, is_dataclass, replace
from enum import IntFlag
from typing import Any, TypeVar, cast

import numpy as np

from agency.money import Column

Columns = TypeVar("Columns")

# ¥100 million in one cell: far above any wage, and far enough below int64 for every product of the
# calculation.
AMOUNT_LIMIT_FEN = 10**10


class RowError(IntFlag):
    """Say why a worker's row cannot be computed; a row may carry several."""

    NEGATIVE_AMOUNT = 1
    AMOUNT_TOO_LARGE = 2
    ATTENDANCE_OUT_OF_RANGE = 4
    HOURS_OUT_OF_RANGE = 8
    SCHEDULED_DAYS_MISSING = 16
    UNKNOWN_METHOD = 32
    MONTHS_OUT_OF_RANGE = 64
    UNKNOWN_POLICY = 128
    CONTRIBUTION_BASE_MISSING = 256
    RATE_OUT_OF_RANGE = 512
    NEGATIVE_GROSS = 1024
    DIVIDED_BY_ZERO = 1 << 16
    BELOW_TABLE = 1 << 17


class RowWarning(IntFlag):
    """Say what a person should look at although the row is computed."""

    NET_BELOW_ZERO = 1
    TAX_OVERPAID = 2
    BASE_RAISED_TO_FLOOR = 4
    BASE_CUT_TO_CEILING = 8
    DEDUCTION_CUT = 1 << 16


def column(values, n: int, name: str = "column") -> Column:
    """Give `values` back if it is an int64 column of shape (n,).

    Raises `TypeError` for anything but int64 (floats, Decimals, narrower integers that could overflow),
    `ValueError` for another shape: both are mistakes of the caller, not of a worker's row.
    """
    if not isinstance(values, np.ndarray) or values.dtype != np.int64:
        raise TypeError(f"{name} must be an int64 column, not {getattr(values, 'dtype', type(values).__name__)}")
    if values.shape != (n,):
        raise ValueError(f"{name} has shape {values.shape}, expected ({n},)")
    return values


def flags(values, n: int, name: str = "flags") -> np.ndarray:
    """Give `values` back if it is a bool column of shape (n,); raises like `column`."""
    if not isinstance(values, np.ndarray) or values.dtype != np.bool_:
        raise TypeError(f"{name} must be a bool column")
    if values.shape != (n,):
        raise ValueError(f"{name} has shape {values.shape}, expected ({n},)")
    return values


def zeros(n: int) -> Column:
    return np.zeros(n, dtype=np.int64)


def mark(errors: Column, wrong: np.ndarray, error: IntFlag) -> None:
    """Add `error` to the rows where `wrong` is true, in place."""
    errors[wrong] |= int(error)


def check_amounts(errors: Column, *amounts: Column, negative: bool = False) -> None:
    """Mark rows with an amount below zero (unless `negative` is allowed) or beyond `AMOUNT_LIMIT_FEN`."""
    for amount in amounts:
        if not negative:
            mark(errors, amount < 0, RowError.NEGATIVE_AMOUNT)
        mark(errors, (amount > AMOUNT_LIMIT_FEN) | (amount < -AMOUNT_LIMIT_FEN), RowError.AMOUNT_TOO_LARGE)


def blank(table: Columns, bad: np.ndarray) -> Columns:
    """Give a copy of a dataclass of columns with 0 in the `bad` rows, nested tables included; `errors`
    stay.
    """
    if not bad.any():
        return table
    row_table = cast(Any, table)
    names = [field.name for field in fields(row_table) if field.name != "errors"]
    return replace(row_table, **{name: _blank(getattr(table, name), bad) for name in names})


def _blank(value, bad: np.ndarray):
    if isinstance(value, np.ndarray) and value.shape == bad.shape:
        return np.where(bad, np.zeros((), dtype=value.dtype), value)
    if isinstance(value, dict):
        return {key: _blank(item, bad) for key, item in value.items()}
    return blank(value, bad) if is_dataclass(value) else value


def names_of(kind: type[IntFlag], code: int) -> tuple[str, ...]:
    """Name the flags inside one row's code, lower case, for a translated message: 5 → ("negative_amount",
    …).
    """
    return tuple(str(flag.name).lower() for flag in kind if code & flag)
