"""The share of dispatched workers at a client.

Interim Provisions on Labour Dispatch, article 4: no more than 10% of all workers, dispatched ones included.
"""

from dataclasses import dataclass
from decimal import Decimal

LIMIT_PERCENT = 10


@dataclass(frozen=True)
class Share:
    """Dispatched workers against the client's own employees."""

    dispatched: int
    own: int

    @property
    def total(self) -> int:
        return self.dispatched + self.own

    @property
    def fraction(self) -> Decimal:
        """The share as a fraction with four decimals, 0.0949; 0 where nobody works."""
        return (Decimal(self.dispatched) / self.total).quantize(Decimal("0.0001")) if self.total else Decimal(0)

    @property
    def room(self) -> int:
        """How many may still come before the limit is passed; negative: how many are too many."""
        return self.own * LIMIT_PERCENT // (100 - LIMIT_PERCENT) - self.dispatched

    @property
    def too_many(self) -> int:
        return max(0, -self.room)


def share_of(dispatched: int, own: int | None) -> Share | None:
    """Return the share, or None where the client's own headcount is not known."""
    return None if own is None else Share(dispatched, own)
