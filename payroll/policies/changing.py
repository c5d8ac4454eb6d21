"""Change one rule of a city's book from a day on; what held before stays as it was."""

import datetime as dt
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from .city_reading import city_book
from .validity import PolicyError

Book = dict[str, Any]


@dataclass(frozen=True)
class SideChange:
    """What one side pays from then on: a rate or a range in millionths, a fixed amount in fen."""

    lowest_rate: int
    highest_rate: int
    fixed_fen: int = 0


@dataclass(frozen=True)
class RuleChange:
    """New terms of one insurance from the first day of a month on; limits in fen, None for no limit."""

    insurance: str
    variant: str
    valid_from: dt.date
    floor_fen: int | None
    ceiling_fen: int | None
    employer: SideChange
    employee: SideChange
    source: str
    provisional: bool = False


def changed(book: Book, change: RuleChange) -> Book:
    """Return a copy of the book with the change in it; rounding and the months of fixed amounts stay.

    The version running on that day ends there; later versions stay. Raises `PolicyError` for an insurance the city
    does not have and for terms that cannot be.
    """
    result = deepcopy(book)
    rules = [rule for rule in result["rules"] if _key(rule) == (change.insurance, change.variant)]
    before = [rule for rule in rules if rule["valid_from"] <= change.valid_from.isoformat()]
    if not before:
        raise PolicyError(f"{book['city']} {change.insurance}", f"nothing to change on {change.valid_from}")
    model = max(before, key=lambda rule: rule["valid_from"])
    new = _written(model, change)
    later = [rule["valid_from"] for rule in rules if rule["valid_from"] > new["valid_from"]]
    runs_on = model["valid_to"] is None or model["valid_to"] > new["valid_from"]
    new["valid_to"] = model["valid_to"] if runs_on else min(later, default=None)
    place = result["rules"].index(model)
    if model["valid_from"] == new["valid_from"]:
        result["rules"][place] = new
    else:
        if runs_on:
            model["valid_to"] = new["valid_from"]
        result["rules"].insert(place + 1, new)
    city_book(result, book["city"])
    return result


def differing(before: Book, after: Book) -> list[tuple[str, Book | None, Book | None]]:
    """List the rules that differ, as (key, before, after); a rule is told by insurance, variant and first day."""
    old, new = ({_named(rule): rule for rule in book.get("rules", ())} for book in (before, after))
    return [(name, old.get(name), new.get(name)) for name in sorted(old | new) if old.get(name) != new.get(name)]


def _key(rule: Book) -> tuple[str, str]:
    return rule["insurance"], rule.get("variant", "")


def _named(rule: Book) -> str:
    return " ".join(filter(None, (*_key(rule), rule["valid_from"])))


def _written(model: Book, change: RuleChange) -> Book:
    new = deepcopy(model)
    new.pop("note", None)
    new |= {
        "valid_from": change.valid_from.isoformat(),
        "floor_fen": change.floor_fen,
        "ceiling_fen": change.ceiling_fen,
        "source": [change.source],
        "provisional": change.provisional,
    }
    for side, terms in (("employer", change.employer), ("employee", change.employee)):
        new[side] |= {"lowest_rate": terms.lowest_rate, "highest_rate": terms.highest_rate}
        if terms.fixed_fen or "fixed_fen" in new[side]:
            new[side]["fixed_fen"] = terms.fixed_fen
    return new
