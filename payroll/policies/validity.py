"""Validity of rules by date: half-open `[valid_from, valid_to)`, never two at once."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Generic, TypeVar

Rule = TypeVar("Rule")


class PolicyError(ValueError):
    """Say what is wrong with a policy and where; `where` names file, rule and field."""

    def __init__(self, where: str, what: str):
        self.where = where
        self.what = what
        super().__init__(f"{where}: {what}")


@dataclass(frozen=True, slots=True)
class Dated(Generic[Rule]):
    """Hold a rule with the dates it holds for, where it comes from and whether it still needs a check."""

    rule: Rule
    valid_from: date
    valid_to: date | None
    source: tuple[str, ...]
    provisional: bool
    note: str = ""

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def refuse_overlaps(versions: Iterable[Dated[Rule]], key: Callable[[Rule], Hashable], where: str) -> None:
    """Raise `PolicyError` when two versions with the same key hold on one day, or one ends before it
    begins.
    """
    by_key: dict[Hashable, list[Dated[Rule]]] = {}
    for version in versions:
        if version.valid_to is not None and version.valid_to <= version.valid_from:
            raise PolicyError(where, f"{key(version.rule)}: valid_to {version.valid_to} is not after valid_from")
        by_key.setdefault(key(version.rule), []).append(version)
    for name, group in by_key.items():
        group.sort(key=lambda version: version.valid_from)
        for earlier, later in pairwise(group):
            if earlier.valid_to is None or earlier.valid_to > later.valid_from:
                raise PolicyError(
                    where, f"{name}: {_span(earlier)} and {_span(later)} overlap; end the earlier one first"
                )


def in_force(versions: Sequence[Dated[Rule]], day: date) -> Dated[Rule] | None:
    """Give the version that holds on a day, or None."""
    return next((version for version in versions if version.holds_on(day)), None)


def last_before(versions: Sequence[Dated[Rule]], day: date) -> Dated[Rule] | None:
    """Give the version that ended last on or before a day: what is carried forward until a late notice
    comes.
    """
    ended = [version for version in versions if version.valid_to is not None and version.valid_to <= day]
    return max(ended, key=lambda version: version.valid_from, default=None)


def _span(version: Dated) -> str:
    return f"[{version.valid_from}, {version.valid_to or '…'})"
