"""Repeat a draw from what was recorded, and say whether the same talks come out."""

from dataclasses import dataclass

from .checks import listed
from .models import SpotCheck
from .sampling import digest_of, draw


@dataclass(frozen=True)
class Verification:
    """`list_intact`: the kept list has its fingerprint; `same_draw`: the seed draws exactly the recorded items."""

    list_intact: bool
    same_draw: bool
    items: int

    @property
    def holds(self) -> bool:
        return self.list_intact and self.same_draw


def verify(check: SpotCheck) -> Verification:
    """Draw again from the kept list by the kept seed and compare with the recorded items."""
    again = {(item.key, item.rank) for item in draw(check.listing, check.policy.rates, check.seed)}
    kept = {(str(uuid), rank) for uuid, rank in check.items.values_list("log__uuid", "rank")}
    return Verification(digest_of(listed(check.listing)) == check.population_digest, again == kept, len(kept))
