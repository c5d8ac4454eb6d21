"""Bring the shipped books of rules into the active agency as rows, once each; its own rules hold on."""

import json
from pathlib import Path
from typing import Any

from payroll.models import ContributionPolicy, PolicyDraft, TaxPolicy

from .city_reading import city_book
from .drafts import digest_of, is_own, latest_of, propose
from .loading import CONTRIBUTIONS, INCOME_TAX
from .tax_reading import tax_book
from .validity import Dated

SOURCE_LENGTH = 400


def install_policies(folder: Path = CONTRIBUTIONS, taxes: Path = INCOME_TAX) -> int:
    """Bring in what is new in the shipped data; return how many editions and proposals were written.

    Where the newest edition is the agency's own, that one holds on and the shipped book becomes a draft that a person
    adopts or declines; else it is the next edition at once. A book that was installed, proposed or declined before
    does not come again. Raises `PolicyError` for data that cannot be right; then nothing is installed.
    """
    books = [(path, _read(path)) for path in sorted(folder.glob("*.json"))]
    cities = [(city_book(data, path.name), data) for path, data in books]
    tax_data = _read(taxes)
    tax = tax_book(tax_data, taxes.name)
    count = sum(_bring(book.city, data, book.rules) for book, data in cities)
    return count + _bring("", tax_data, (*tax.tables, *tax.basic, *tax.costs, *tax.additional, *tax.other))


def ensure_policies() -> None:
    """Install the shipped data in an agency that has no rules yet."""
    if not TaxPolicy.objects.exists():
        install_policies()


def _bring(city: str, book: Any, rules: tuple[Dated, ...]) -> int:
    latest = latest_of(city)
    source = "; ".join(dict.fromkeys(source for rule in rules for source in rule.source))[:SOURCE_LENGTH]
    if latest is None or not _is_known(city, book):
        if latest is None or not is_own(latest):
            _install(city, book, rules, source, latest.edition + 1 if latest else 1)
            return 1
        if not _drafts(city).filter(state=PolicyDraft.State.PROPOSED).exists():  # one at a time; this one comes later
            propose(latest, book, source, None)
            return 1
    return 0


def _is_known(city: str, book: Any) -> bool:
    """Tell whether a book was an edition before, or was put before people as a draft."""
    digest = digest_of(book)
    editions = ContributionPolicy.objects.filter(city=city) if city else TaxPolicy.objects.all()
    shipped = _drafts(city).filter(proposed_by=None).values_list("book", flat=True)
    return editions.filter(digest=digest).exists() or any(digest_of(draft) == digest for draft in shipped)


def _drafts(city: str) -> Any:
    return PolicyDraft.objects.filter(city=city)


def _install(city: str, book: Any, rules: tuple[Dated, ...], source: str, edition: int) -> None:
    model: Any = ContributionPolicy if city else TaxPolicy
    model.objects.create(
        **({"city": city} if city else {}),
        edition=edition,
        book=book,
        digest=digest_of(book),
        source=source,
        provisional=any(rule.provisional for rule in rules),
        valid_from=min(rule.valid_from for rule in rules),
    )


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
