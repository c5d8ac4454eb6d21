"""Turn measured values into points: pure arithmetic in tenths of a point, on integers and exact fractions.

A rule gives a credit between 0 and 1; the credit times the line's points, rounded half up to a tenth, are the points.
Worked examples: docs/scoring.md. The rules and the floor of 0 follow the trade's tables (rules/ops_kpi.md: a target, so
much off for each event, bands).
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

ONE, ZERO = Fraction(1), Fraction(0)


def linear(share: Fraction, floor: Fraction, target: Fraction) -> Fraction:
    """Credit nothing up to the floor, all from the target on, in proportion between.

    Raises `ValueError` when the floor is not below the target.
    """
    if floor >= target:
        raise ValueError(f"the floor {floor} is not below the target {target}")
    return min(ONE, max(ZERO, (share - floor) / (target - floor)))


def deduct(events: Mapping[str, int], per: Mapping[str, int], base_tenths: int) -> Fraction:
    """Take off `per[event]` tenths of the base for each event, never below 0.

    Raises `KeyError` for an event without a price: a forgotten one must not be free.
    """
    off = sum(count * per[event] for event, count in events.items())
    return Fraction(max(0, base_tenths - off), base_tenths)


def banded(share: Fraction, bands: Sequence[tuple[Fraction, int]], base_tenths: int) -> Fraction:
    """Credit the tenths of the highest band whose threshold is reached; below all of them, nothing."""
    reached = [tenths for threshold, tenths in bands if share >= threshold]
    return Fraction(min(max(reached, default=0), base_tenths), base_tenths)


def points(credit: Fraction, max_tenths: int) -> int:
    """Give the points in tenths, rounded half up."""
    exact = credit * max_tenths
    return int((2 * exact.numerator + exact.denominator) // (2 * exact.denominator))


def share_out(whole: int, weights: Sequence[int]) -> list[int]:
    """Divide `whole` tenths by weights without losing one: largest remainders first, ties in order.

    Without any weight everybody gets 0.
    """
    total = sum(weights)
    if not total:
        return [0] * len(weights)
    shares = [whole * weight // total for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-(whole * weights[place] % total), place))
    for place in order[: whole - sum(shares)]:
        shares[place] += 1
    return shares


def redistribute(lines: Sequence[tuple[str, int, bool]]) -> list[int]:
    """Return what each line `(kind, base tenths, used)` can give, the points of unused lines shared out.

    They go to the used lines of the same kind, in proportion; only when a whole kind is unused do they go to the
    other one. A part that does not apply must count neither for nor against anybody.
    """
    usable = [base if used else 0 for _kind, base, used in lines]
    result = [0] * len(lines)
    orphaned = 0
    for kind in dict.fromkeys(kind for kind, _base, _used in lines):
        whole = sum(base for name, base, _used in lines if name == kind)
        own = [usable[place] if name == kind else 0 for place, (name, _base, _used) in enumerate(lines)]
        if any(own):
            result = [have + more for have, more in zip(result, share_out(whole, own), strict=True)]
        else:
            orphaned += whole
    return [have + more for have, more in zip(result, share_out(orphaned, usable), strict=True)]
