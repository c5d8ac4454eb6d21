"""Find texts that are nearly the same among very many, without comparing each with each.

MinHash (Broder 1997) gives each text 64 numbers of which two texts share about as large a part as of their pieces.
Texts that agree in a whole band of four numbers are compared exactly, each with at most the eight before it in that
band: the work grows with the number of texts and not with its square, however often one text was copied.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .texts import Pieces

NUMBERS, BAND, BEFORE, KEPT = 64, 4, 8, 3
# Two dozen letters may honestly be written twice: 情况正常，没有困难 is written by everybody.
LEAST_PIECES = 20
# MinHash errs by about 0.06; what it puts a little below the limit is compared exactly, too.
SLACK_PERMILLE = 150
AT_ONCE = 1_000_000

_dice = np.random.Generator(np.random.PCG64(20261124))
_FACTORS = _dice.integers(1, 2**63, NUMBERS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_OFFSETS = _dice.integers(0, 2**63, NUMBERS, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two texts by their places, the later first, and how much of their pieces they share (‰)."""

    later: int
    earlier: int
    permille: int


def alike(pieces: Pieces, least_permille: int) -> list[Likeness]:
    """Return, for each text, at most three earlier ones that share so much with it, the most alike first."""
    told = np.flatnonzero(pieces.sizes >= LEAST_PIECES)
    if len(told) < 2:
        return []
    pairs = np.unique(np.concatenate(list(_candidates(_signatures(pieces, told), least_permille))))
    later, earlier = told[pairs // len(told)], told[pairs % len(told)]
    shared = shared_permille(pieces, later, earlier)
    good = shared >= least_permille
    later, earlier, shared = later[good], earlier[good], shared[good]
    order = np.lexsort((-earlier, -shared, later))
    later, earlier, shared = later[order], earlier[order], shared[order]
    first = np.searchsorted(later, later)
    kept = np.arange(len(later)) - first < KEPT
    return [
        Likeness(int(a), int(b), int(permille))
        for a, b, permille in zip(later[kept], earlier[kept], shared[kept], strict=True)
    ]


def shared_permille(pieces: Pieces, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return the shared part of the pieces of both texts (Jaccard), in ‰ rounded down, for many pairs."""
    found = np.zeros(len(left), dtype=np.int64)
    sizes = pieces.sizes[left] + pieces.sizes[right]
    for start, end in _parts(sizes):
        pair = np.arange(end - start, dtype=np.uint64) << np.uint64(32)
        both = [_keys(pieces, side[start:end], pair) for side in (left, right)]
        keys = np.sort(np.concatenate(both))
        twice = keys[1:][keys[1:] == keys[:-1]]
        same = np.bincount((twice >> np.uint64(32)).astype(np.int64), minlength=end - start)
        found[start:end] = same * 1000 // np.maximum(sizes[start:end] - same, 1)
    return found


def _signatures(pieces: Pieces, told: np.ndarray) -> np.ndarray:
    signed = np.empty((len(told), NUMBERS), dtype=np.uint32)
    for start, end in _parts(pieces.sizes[told]):
        rows = told[start:end]
        flat = _keys(pieces, rows, np.zeros(len(rows), dtype=np.uint64))
        begins = np.concatenate([[0], np.cumsum(pieces.sizes[rows])[:-1]])
        for number in range(NUMBERS):
            mixed = (flat * _FACTORS[number] + _OFFSETS[number]) >> np.uint64(32)
            signed[start:end, number] = np.minimum.reduceat(mixed, begins)
    return signed


def _candidates(signed: np.ndarray, least_permille: int) -> Iterator[np.ndarray]:
    """Yield pairs as `later * texts + earlier` whose signatures agree far enough."""
    count, need = len(signed), max(least_permille - SLACK_PERMILLE, 0) * NUMBERS // 1000
    yield np.empty(0, dtype=np.int64)
    for first in range(0, NUMBERS, BAND):
        band = np.ascontiguousarray(signed[:, first : first + BAND]).view("V16").ravel()
        groups = np.unique(band, return_inverse=True)[1]
        order = np.argsort(groups, kind="stable")
        for back in range(1, min(BEFORE, count - 1) + 1):
            same = groups[order[back:]] == groups[order[:-back]]
            if not same.any():
                break
            later, earlier = order[back:][same], order[:-back][same]
            for start in range(0, len(later), AT_ONCE // NUMBERS):
                some = slice(start, start + AT_ONCE // NUMBERS)
                agree = (signed[later[some]] == signed[earlier[some]]).sum(axis=1) >= need
                yield later[some][agree].astype(np.int64) * count + earlier[some][agree]


def _keys(pieces: Pieces, rows: np.ndarray, marks: np.ndarray) -> np.ndarray:
    """Return the pieces of some texts one after another as 64-bit numbers, each with its text's mark."""
    sizes = pieces.sizes[rows]
    ends = np.cumsum(sizes)
    within = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - sizes, sizes)
    return pieces.flat[np.repeat(pieces.starts[rows], sizes) + within].astype(np.uint64) | np.repeat(marks, sizes)


def _parts(sizes: np.ndarray) -> Iterator[tuple[int, int]]:
    """Cut rows into spans of about a million pieces, so that memory does not grow with their number."""
    totals, start = np.cumsum(sizes), 0
    while start < len(sizes):
        before = totals[start - 1] if start else 0
        end = max(int(np.searchsorted(totals, before + AT_ONCE)), start + 1)
        yield start, end
        start = end
