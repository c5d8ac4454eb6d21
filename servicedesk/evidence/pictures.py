"""The same picture again: 64-bit difference hashes (dHash) at most three bits apart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Of four quarters of 16 bits at least one is equal when at most three bits differ.
QUARTERS, BITS, APART = 4, 16, 3
BEFORE = 8


@dataclass(frozen=True, slots=True)
class SamePicture:
    later: int
    earlier: int
    bits: int


def same_pictures(pictures: Iterable[tuple[int, int]]) -> Iterator[SamePicture]:
    """Yield pairs of `(log, dhash)` nearly equal, of different logs, each with the latest one before it.

    Looks at no more than the eight before it in a quarter, so that one picture used a thousand times stays cheap.
    """
    quarters: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for log, dhash in sorted(pictures):
        found: dict[int, int] = {}
        for number in range(QUARTERS):
            shelf = quarters[number, dhash >> (BITS * number) & 0xFFFF]
            for earlier, other in shelf[-BEFORE:]:
                bits = (dhash ^ other).bit_count()
                if earlier != log and bits <= APART:
                    found[earlier] = min(bits, found.get(earlier, APART))
            shelf.append((log, dhash))
        if found:
            yield SamePicture(log, max(found), found[max(found)])
