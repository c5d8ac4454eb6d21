"""Load tax and contribution policies from JSON files, refusing what cannot be right.

Every error is a `PolicyError` that names file, rule and field. Amounts are whole fen, rates whole millionths.
"""

import json
from pathlib import Path

from .books import CityBook, TaxBook
from .city_reading import city_book
from .tax_reading import tax_book
from .validity import PolicyError

DATA = Path(__file__).parent / "data"
INCOME_TAX = DATA / "income_tax.json"
CONTRIBUTIONS = DATA / "contributions"


def load_tax_book(path: Path = INCOME_TAX) -> TaxBook:
    """Read the income-tax rules of a file. Raises `PolicyError`."""
    return tax_book(_json(path), path.name)


def load_city_book(path: Path) -> CityBook:
    """Read one city's contribution rules from a file. Raises `PolicyError`."""
    return city_book(_json(path), path.name)


def load_city_books(folder: Path = CONTRIBUTIONS) -> dict[str, CityBook]:
    """Read all cities of a folder, keyed by pinyin; one file a city, named by its pinyin. Raises
    `PolicyError`.
    """
    books = {}
    for path in sorted(folder.glob("*.json")):
        book = load_city_book(path)
        if book.pinyin != path.stem:
            raise PolicyError(path.name, f"holds {book.pinyin}; name the file {book.pinyin}.json")
        books[book.pinyin] = book
    return books


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise PolicyError(path.name, f"no JSON at line {error.lineno}: {error.msg}") from None
