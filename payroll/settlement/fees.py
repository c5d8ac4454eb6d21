"""Service fees (服务费): per head, a percentage, fixed, or in tiers. Pure arithmetic in whole fen."""

from collections.abc import Sequence
from dataclasses import dataclass

from agency.money import MILLION, MoneyError, parse_yuan, round_fen

PER_HEAD, PERCENTAGE, FIXED, TIERED = "per_head", "percentage", "fixed", "tiered"


@dataclass(frozen=True, slots=True)
class Tier:
    """So much a head for the heads up to and including `up_to`; None is everybody above."""

    up_to: int | None
    amount_fen: int


@dataclass(frozen=True, slots=True)
class FeeTerms:
    """How a month's fee is agreed. `rate` in millionths of the cost (or of gross wages, `of_gross`)."""

    model: str
    amount_fen: int = 0
    rate: int = 0
    of_gross: bool = False
    tiers: tuple[Tier, ...] = ()


class FeeError(ValueError):
    """Terms from which no fee can be computed; `str()` says why."""


def fee_fen(terms: FeeTerms, *, heads: int, cost_fen: int, gross_fen: int) -> int:
    """Return the fee of a month. Raises `FeeError` for an unknown model."""
    if terms.model == PER_HEAD:
        return terms.amount_fen * heads
    if terms.model == PERCENTAGE:
        return round_fen((gross_fen if terms.of_gross else cost_fen) * terms.rate, MILLION)
    if terms.model == FIXED:
        return terms.amount_fen
    if terms.model == TIERED:
        return _tiered(terms.tiers, heads)
    raise FeeError(terms.model)


def read_tiers(text: str) -> tuple[Tier, ...]:
    """Read tiers as people write them, one a line: "50 120" is 120 yuan a head up to 50, "* 100" above.

    Raises `FeeError` with the line that cannot be read.
    """
    tiers: list[Tier] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        parts = line.split()
        try:
            upper = None if parts[0] in ("*", "＊") else int(parts[0])
            tiers.append(Tier(upper, parse_yuan(parts[1])))
        except (IndexError, ValueError, MoneyError):
            raise FeeError(line) from None
    _check(tiers)
    return tuple(tiers)


def written(tiers: Sequence[Tier]) -> str:
    """Write tiers as `read_tiers` reads them."""
    return "\n".join(
        f"{'*' if t.up_to is None else t.up_to} {t.amount_fen // 100}.{t.amount_fen % 100:02d}" for t in tiers
    )


def _tiered(tiers: Sequence[Tier], heads: int) -> int:
    total, done = 0, 0
    for tier in tiers:
        upper = heads if tier.up_to is None else min(heads, tier.up_to)
        total += max(upper - done, 0) * tier.amount_fen
        done = max(done, upper)
    return total


def _check(tiers: Sequence[Tier]) -> None:
    bounds = [tier.up_to for tier in tiers]
    finite = [bound for bound in bounds if bound is not None]
    if not tiers or bounds[-1] is not None or None in bounds[:-1]:
        raise FeeError("*")
    if finite != sorted(set(finite)) or any(tier.amount_fen < 0 for tier in tiers):
        raise FeeError(", ".join(map(str, finite)))
