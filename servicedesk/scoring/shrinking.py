"""Judge few observations with the help of many: a rate is drawn towards the team's, the more so the fewer there are.

`(k + a) / (n + a + b)` with a and b from all specialists of the agency (beta-binomial; research/methods.md, section 3).
How much the specialists differ is estimated by moments (Kleinman 1973); everything is an exact fraction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

WEAKEST, STRONGEST, UNKNOWN = 4, 40, 10
ENOUGH_PEOPLE = 5


@dataclass(frozen=True)
class Prior:
    """What is expected before looking: the team's share, worth `strength` observations."""

    share: Fraction
    strength: int


def prior_of(counts: Sequence[tuple[Fraction, int]]) -> Prior:
    """Estimate the prior from `(good, observed)` of each specialist.

    The strength is large when the specialists are alike and small when they differ, between 4 and 40; 10 while
    there are fewer than 5 specialists to compare.
    """
    seen = [(Fraction(good), observed) for good, observed in counts if observed]
    good, observed = sum((g for g, _ in seen), Fraction(0)), sum(n for _, n in seen)
    return Prior((good + 1) / (observed + 2), _strength(seen, good, observed))


def shrink(good: Fraction, observed: int, prior: Prior) -> Fraction:
    """Return the shrunken share of `good` among `observed`."""
    return (good + prior.share * prior.strength) / (observed + prior.strength)


def permille(share: Fraction) -> int:
    """Round a share half up to thousandths."""
    return int((2000 * share.numerator + share.denominator) // (2 * share.denominator))


def _strength(seen: Sequence[tuple[Fraction, int]], good: Fraction, observed: int) -> int:
    if len(seen) < ENOUGH_PEOPLE or good in (0, observed):
        return UNKNOWN
    share = good / observed
    spread = sum((n * (g / n - share) ** 2 for g, n in seen), Fraction(0)) / (share * (1 - share))
    room = sum((1 - Fraction(n, observed)) * (n - 1) for _, n in seen)
    if not room:
        return UNKNOWN
    alike = (spread - (len(seen) - 1)) / room
    if alike <= 0:
        return STRONGEST
    return int(min(STRONGEST, max(WEAKEST, round(1 / alike - 1))))
