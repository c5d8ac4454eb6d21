"""Find the rules of a city and of the tax for a day, in the latest edition of the agency."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from payroll.calculation.contribution_terms import ContributionPolicy as Terms
from payroll.models import ContributionPolicy, TaxPolicy

from .books import CityBook, TaxBook
from .city_reading import city_book
from .tax_reading import tax_book
from .validity import PolicyError

Variants = tuple[tuple[str, str], ...]
# A city and the variants chosen there, sorted by insurance: ("深圳", (("medical", "tier2"),)).
Key = tuple[str, Variants]


@dataclass(frozen=True)
class CityChoice:
    """What a city asks for on a day: the edition it stands in, the terms, and what still needs a check.

    `code` says the chosen variants within that edition (`CityBook.named`).
    """

    row: ContributionPolicy
    terms: Terms
    code: int
    provisional: tuple[str, ...]
    carried_forward: tuple[str, ...]


@dataclass(frozen=True)
class Cities:
    """The cities of a run: those with terms, and for the others why there are none."""

    found: dict[Key, CityChoice]
    missing: dict[str, str]


def tax_on(day: dt.date) -> tuple[TaxPolicy, TaxBook]:
    """Return the tax rules for a day of payment. Raises `PolicyError` when the agency has none."""
    row = TaxPolicy.objects.valid_on(day).latest_first().first()
    if row is None:
        raise PolicyError("income tax", f"no policy for {day}")
    return row, book_of_tax(row)


def cities_on(wanted: Iterable[Key], day: dt.date) -> Cities:
    """Return the terms of some cities on a day, in one query; a city without terms says why."""
    keys = sorted(set(wanted))
    rows: dict[str, ContributionPolicy] = {}
    names = {city for city, _variants in keys}
    for row in ContributionPolicy.objects.valid_on(day).filter(city__in=names).order_by("edition"):
        rows[row.city] = row
    found, missing = {}, dict.fromkeys(sorted(names - rows.keys()), "")
    for city, variants in keys:
        if city not in rows:
            continue
        book = book_of_city(rows[city])
        try:
            terms, code = book.on(day, dict(variants)), book.code_of(dict(variants))
        except PolicyError as error:
            missing[city] = str(error)
        else:
            found[city, variants] = CityChoice(rows[city], terms.policy, code, terms.provisional, terms.carried_forward)
    return Cities(found, missing)


def book_of_city(row: ContributionPolicy) -> CityBook:
    """Return the parsed rules of an edition."""
    return _parse_city(row.digest, _Json(row.book), str(row))


def book_of_tax(row: TaxPolicy) -> TaxBook:
    return _parse_tax(row.digest, _Json(row.book))


class _Json:
    """Parsed JSON that counts as equal, whatever it holds: the digest beside it is the key."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Json)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _parse_city(digest: str, book: _Json, where: str) -> CityBook:
    return city_book(book.value, where)


@lru_cache(maxsize=8)
def _parse_tax(digest: str, book: _Json) -> TaxBook:
    return tax_book(book.value, "income tax")
