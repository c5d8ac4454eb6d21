"""How sure one may be of a rate seen in few checks."""

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959964


@dataclass(frozen=True)
class Certainty:
    """A rate with its 95 % range, all in per cent."""

    good: int
    checked: int
    percent: float
    low: float
    high: float


def wilson(good: int, checked: int) -> Certainty | None:
    """Return the Wilson interval of `good` out of `checked`; None when nothing was checked."""
    if not checked:
        return None
    share, spread = good / checked, Z_95**2 / checked
    middle = (share + spread / 2) / (1 + spread)
    half = Z_95 / (1 + spread) * sqrt(share * (1 - share) / checked + spread / (4 * checked))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Certainty(good, checked, 100 * share, 100 * low, 100 * high)


def judgement(certainty: Certainty, target_percent: float) -> str:
    """Say what the range allows: `tighten` only when all of it lies below the target, `relax` when all above."""
    if certainty.high < target_percent:
        return "tighten"
    return "relax" if certainty.low >= target_percent else "normal"
