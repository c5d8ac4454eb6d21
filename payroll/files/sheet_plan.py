"""Lay out a wage sheet on A4 landscape: the type size, how many lines a worker takes, where each column stands.

Pure; lengths in points, widths of columns in units of the type size (em). Nothing is cut: what does not fit at a
readable size goes onto a second line of the same worker.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

PAGE = (841.89, 595.28)
MARGIN = 28.0
WIDTH = PAGE[0] - 2 * MARGIN
SIZES = (8.0, 7.5, 7.0, 6.5)
PADDING = 0.7
LEADING = 1.35
# Air below a row, in lines.
GAP = 0.25


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything stands: `bands` are the columns (by index) of a worker's lines, `edges` of the slots they share.

    `lead` and `sign` are the widths of the texts before and of the space for a signature after the slots.
    """

    size: float
    bands: tuple[tuple[int, ...], ...]
    lead: tuple[float, ...]
    edges: tuple[float, ...]

    @property
    def leading(self) -> float:
        return self.size * LEADING


def plan_of(lead: Sequence[float], widths: Sequence[float], sign: float, cut: int) -> Plan:
    """Return the plan with the largest type of the fewest lines; all widths in em.

    `cut` is the number of columns before the natural break: those earned, up to the gross pay.
    """
    for lines in range(1, len(widths) + 1):
        for bands in _bands(len(widths), lines, cut):
            for size in SIZES:
                slots = [
                    max(widths[band[at]] for band in bands if at < len(band)) for at in range(max(map(len, bands)))
                ]
                spare = WIDTH / size - sum(lead) - sum(slots) - sign
                if spare >= 0:
                    return _plan(size, bands, lead, [slot + spare / len(slots) for slot in slots])
    raise ValueError("a single column is wider than the page")


def pages_of(heights: Sequence[float], lines: float) -> Iterator[tuple[int, int]]:
    """Yield (first, after last) of the rows on each page; `heights` are in lines, `lines` of which a page takes."""
    ends = list(accumulate(heights))
    first, used = 0, 0.0
    while first < len(heights):
        after = max(bisect_right(ends, used + lines), first + 1)
        yield first, after
        first, used = after, ends[after - 1]


def _bands(columns: int, lines: int, cut: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Yield ways to spread columns over lines: at the natural break, then evenly."""
    if lines == 2 and 0 < cut < columns:
        yield tuple(range(cut)), tuple(range(cut, columns))
    step = -(-columns // lines)
    yield tuple(tuple(range(at, min(at + step, columns))) for at in range(0, columns, step))


def _plan(size: float, bands: tuple[tuple[int, ...], ...], lead: Sequence[float], slots: Sequence[float]) -> Plan:
    start = MARGIN + sum(lead) * size
    edges = tuple(start + size * width for width in accumulate(slots, initial=0.0))
    return Plan(size, bands, tuple(width * size for width in lead), edges)
