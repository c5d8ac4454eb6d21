"""Draw a sample that nobody can steer and everybody can verify.

The order of the talks is the SHA-256 of seed and talk; the first of each stratum are drawn. No random generator is
involved, so that anybody with the seed and the list can repeat the draw by hand. Strata are a specialist's confirmed
and unconfirmed talks: unconfirmed ones are drawn more often, and since each item keeps its chance `k / n`, the weighted
share of false talks stays unbiased (research/methods.md, spot checks).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

METHOD = "sha256-order-1"


@dataclass(frozen=True)
class Rate:
    """How much of a stratum is drawn: `permille` of it, at least `floor` talks (or all, when there are fewer)."""

    permille: int
    floor: int

    def size(self, population: int) -> int:
        """Return how many of `population` talks are drawn; a share is rounded up."""
        return min(population, max(self.floor, -(-population * self.permille // 1000)))


@dataclass(frozen=True)
class Drawn:
    """One drawn talk; its chance was `drawn / population` of its stratum, `rank` its place in the seed's order."""

    key: str
    stratum: str
    rank: int
    drawn: int
    population: int


def digest_of(keys: Iterable[str]) -> str:
    """Return the fingerprint of a population, so that nobody can add to or take from it afterwards unseen."""
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()


def draw(strata: Mapping[str, Iterable[str]], rates: Mapping[str, Rate], seed: str) -> list[Drawn]:
    """Draw from each stratum by the seed's order. `strata` maps names to talk keys; the order of keys is irrelevant.

    Raises `ValueError` for an empty seed and `KeyError` for a stratum without a rate.
    """
    if not seed:
        raise ValueError("A draw needs a seed.")
    found = []
    for stratum in sorted(strata):
        keys = sorted(strata[stratum], key=lambda key: _order(seed, key))
        size = rates[stratum.rsplit("/", 1)[-1]].size(len(keys))
        found += [Drawn(key, stratum, rank, size, len(keys)) for rank, key in enumerate(keys[:size], 1)]
    return found


def _order(seed: str, key: str) -> tuple[str, str]:
    return hashlib.sha256(f"{seed}|{key}".encode()).hexdigest(), key


def weighted_share(found: Iterable[tuple[Fraction, bool]]) -> Fraction | None:
    """Estimate the share of faults in the whole from `(chance of being drawn, faulty)`; None without items.

    The inverse of its chance weighs each item (Horvitz and Thompson), so strata drawn more often do not count more.
    """
    weights = [(1 / chance, faulty) for chance, faulty in found]
    total = sum((weight for weight, _ in weights), Fraction(0))
    return sum((weight for weight, faulty in weights if faulty), Fraction(0)) / total if weights else None
