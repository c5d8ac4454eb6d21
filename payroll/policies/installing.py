"""Bring the shipped books of rules into the active agency as rows, once each."""

import json
from pathlib import Path
from typing import Any

from django.db.models import Max

from payroll.models import ContributionPolicy, TaxPolicy

from .drafts import digest_of
from .loading import CONTRIBUTIONS, INCOME_TAX, city_book, tax_book
from .validity import Dated

SOURCE_LENGTH = 400


def install_policies(folder: Path = CONTRIBUTIONS, taxes: Path = INCOME_TAX) -> int:
    """Install what is new in the shipped data as further editions; return how many were written.

    A book that was installed before is left alone, whatever the agency has changed since; an installed edition never
    changes. Raises `PolicyError` for data that cannot be right; then nothing is installed.
    """
    books = [(path, _read(path)) for path in sorted(folder.glob("*.json"))]
    cities = [(city_book(data, path.name), data) for path, data in books]
    tax_data = _read(taxes)
    tax = tax_book(tax_data, taxes.name)
    count = sum(_install(ContributionPolicy, {"city": book.city}, data, book.rules) for book, data in cities)
    return count + _install(TaxPolicy, {}, tax_data, (*tax.tables, *tax.basic, *tax.costs, *tax.additional))


def ensure_policies() -> None:
    """Install the shipped data in an agency that has no rules yet."""
    if not TaxPolicy.objects.exists():
        install_policies()


def _install(model: Any, key: dict[str, str], book: Any, rules: tuple[Dated, ...]) -> int:
    digest = digest_of(book)
    latest = model.objects.filter(**key).aggregate(edition=Max("edition"))["edition"] or 0
    if model.objects.filter(**key, digest=digest).exists():
        return 0
    sources = dict.fromkeys(source for rule in rules for source in rule.source)
    model.objects.create(
        **key,
        edition=latest + 1,
        book=book,
        digest=digest,
        source="; ".join(sources)[:SOURCE_LENGTH],
        provisional=any(rule.provisional for rule in rules),
        valid_from=min(rule.valid_from for rule in rules),
    )
    return 1


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
