"""How far the filled cells of a piece of a sheet's XML reach."""

from __future__ import annotations

import re

import numpy as np

from .cells import column_index

_FILLED = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>/]*>')
# What every writer of workbooks begins a cell with; any other way is left to the pattern.
_USUAL = b'<c r="'
_SPACES = np.frombuffer(b"\t\n\r\f\v", np.uint8)
_MOST_LETTERS, _MOST_DIGITS = 3, 7
_PADDING = bytes(len(_USUAL) + _MOST_LETTERS + _MOST_DIGITS + 2)

Extent = tuple[int, int]


def extent(text: bytes) -> Extent | None:
    """Return the last row and column with a filled cell, counted from 0; None when there is none.

    Cells are filled that do not end where they begin: those hold a style only.
    """
    found = _usual_extent(text) if b":c" not in text else UNUSUAL
    return matched_extent(text) if found is UNUSUAL else found


def matched_extent(text: bytes) -> Extent | None:
    """Return the same by looking at each cell alone, however it is written."""
    filled = _FILLED.findall(text)
    if not filled:
        return None
    columns = {column_index(letters.decode()) for letters in {letters for letters, _row in filled}}
    return max(map(int, {row for _letters, row in filled})) - 1, max(columns)


UNUSUAL: Extent = (-2, -2)


def _usual_extent(text: bytes) -> Extent | None:
    """Return the extent of cells that all begin in the usual way, or `UNUSUAL` when one goes on in another."""
    codes = np.frombuffer(text + _PADDING, np.uint8)
    starts = np.flatnonzero(codes[: len(text)] == ord("<"))
    starts = starts[codes[starts + 1] == _USUAL[1]]
    then = codes[starts + 2]
    starts = starts[then == _USUAL[2]]
    if np.isin(then, _SPACES).any() or any((codes[starts + n] != _USUAL[n]).any() for n in range(3, len(_USUAL))):
        return UNUSUAL
    if not len(starts):
        return None
    at = starts + len(_USUAL)
    column, row = np.zeros(len(at), np.int32), np.zeros(len(at), np.int32)
    at, some_letter = _taken(codes, at, column, "A", 26, _MOST_LETTERS)
    at, some_digit = _taken(codes, at, row, "0", 10, _MOST_DIGITS)
    if not (some_letter & some_digit & (codes[at] == ord('"'))).all():
        return UNUSUAL
    filled = codes[at + 1] == ord(">")
    rest = np.flatnonzero(~filled)
    filled[rest] = _next(codes, ">", at[rest]) < _next(codes, "/", at[rest])
    if not filled.any():
        return None
    return int(row[filled].max()) - 1, int(column[filled].max()) - 1


def _taken(
    codes: np.ndarray, at: np.ndarray, number: np.ndarray, first: str, size: int, most: int
) -> tuple[np.ndarray, np.ndarray]:
    """Read letters or digits from each place on into `number`; return where they end, and whether there was one."""
    going, begun, start = np.ones(len(at), dtype=bool), at, ord(first)
    for _place in range(most):
        read = codes[at].astype(np.int32) - start
        going &= (read >= 0) & (read < size)
        if not going.any():
            break
        # Letters count from 1: A is the first column, AA comes after Z.
        np.copyto(number, number * size + read + (size == 26), where=going)
        at = at + going
    return at, at > begun


def _next(codes: np.ndarray, sign: str, places: np.ndarray) -> np.ndarray:
    """Return for each place where the sign comes next; the end of the text when it comes no more."""
    found = np.append(np.flatnonzero(codes == ord(sign)), len(codes))
    return found[np.searchsorted(found, places)]
