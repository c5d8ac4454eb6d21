"""Read tax and contribution policies from JSON data, refusing what cannot be right.

Every error is a `PolicyError` that names file, rule and field. Amounts are whole fen, rates whole millionths.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from agency.money import Rounding
from payroll.calculation.additional import HUNDRED, AdditionalRule, Takes
from payroll.calculation.brackets import Bracket, BracketTable
from payroll.calculation.contribution_terms import INSURANCES, InsuranceTerms, SideTerms
from payroll.calculation.other_deductions import OtherRule
from payroll.calculation.remuneration import RemunerationCosts
from payroll.calculation.withholding import BasicDeduction

from .books import CityBook, CityRule, NamedTable, TaxBook
from .fields import Node
from .validity import Dated, PolicyError, refuse_overlaps

DATA = Path(__file__).parent / "data"
INCOME_TAX = DATA / "income_tax.json"
CONTRIBUTIONS = DATA / "contributions"

_VALIDITY = ("valid_from", "valid_to", "source", "provisional", "note")


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


def tax_book(data: object, where: str) -> TaxBook:
    """Build the income-tax rules from parsed JSON. Raises `PolicyError`."""
    node = Node(data, where)
    node.only("tables", "basic_deduction", "remuneration_costs", "additional_deductions", "other_deductions")
    book = TaxBook(
        tables=tuple(_dated(item, _table(item)) for item in node.children("tables")),
        basic=tuple(_dated(item, _basic(item)) for item in node.children("basic_deduction")),
        costs=tuple(_dated(item, _costs(item)) for item in node.children("remuneration_costs")),
        additional=tuple(_dated(item, _additional(item)) for item in _optional(node, "additional_deductions")),
        other=tuple(_dated(item, _other(item)) for item in _optional(node, "other_deductions")),
    )
    refuse_overlaps(book.other, lambda rule: rule.key, f"{where} other_deductions")
    refuse_overlaps(book.additional, lambda rule: rule.key, f"{where} additional_deductions")
    refuse_overlaps(book.tables, lambda rule: rule.name, f"{where} tables")
    refuse_overlaps(book.basic, lambda rule: "basic deduction", f"{where} basic_deduction")
    refuse_overlaps(book.costs, lambda rule: "remuneration costs", f"{where} remuneration_costs")
    return book


def city_book(data: object, where: str) -> CityBook:
    """Build a city's contribution rules from parsed JSON, of a file or stored. Raises `PolicyError`."""
    node = Node(data, where)
    node.only("city", "pinyin", "notes", "rules", "defaults")
    rules = tuple(_dated(item, _city_rule(item)) for item in node.children("rules"))
    refuse_overlaps(rules, lambda rule: rule.key, where)
    book = CityBook(
        node.read("city", str), node.read("pinyin", str), rules, node.read("notes", str, ""), _defaults(node)
    )
    for insurance, variant in book.defaults.items():
        if variant not in book.variants(insurance):
            raise PolicyError(f"{where} defaults", f"{insurance} has no variant {variant!r}")
    return book


def _defaults(node: Node) -> dict[str, str]:
    if "defaults" not in node.data:
        return {}
    chosen = node.child("defaults")
    return {insurance: chosen.read(insurance, str) for insurance in chosen.data}


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise PolicyError(path.name, f"no JSON at line {error.lineno}: {error.msg}") from None


def _dated(node: Node, rule) -> Dated:
    source = node.read("source", list)
    if not source or not all(isinstance(line, str) and line for line in source):
        raise PolicyError(node.where, "source must list at least one document or address")
    start = node.day("valid_from")
    if start is None:
        raise PolicyError(node.where, "valid_from must not be null")
    return Dated(
        rule,
        start,
        node.day("valid_to"),
        tuple(source),
        node.read("provisional", bool),
        node.read("note", str, ""),
    )


def _table(node: Node) -> NamedTable:
    node.only("name", "brackets", *_VALIDITY)
    lines = [
        Bracket(line.limit("up_to_fen"), line.rate("rate_millionths"), line.amount("quick_fen"))
        for line in node.children("brackets")
    ]
    try:
        return NamedTable(node.read("name", str), BracketTable(tuple(lines)))
    except ValueError as error:
        raise PolicyError(node.where, str(error)) from None


def _basic(node: Node) -> BasicDeduction:
    node.only("monthly_fen", "at_once_fen", *_VALIDITY)
    return BasicDeduction(node.amount("monthly_fen"), node.amount("at_once_fen"))


def _costs(node: Node) -> RemunerationCosts:
    node.only("flat_fen", "flat_up_to_fen", "rate_millionths", *_VALIDITY)
    return RemunerationCosts(node.amount("flat_fen"), node.amount("flat_up_to_fen"), node.rate("rate_millionths"))


def _optional(node: Node, name: str) -> Iterator[Node]:
    """Books installed before the field existed do without it."""
    return node.children(name) if name in node.data else iter(())


def _additional(node: Node) -> AdditionalRule:
    node.only(
        "key", "takes", "amounts_fen", "shares", "shared_limit_fen", "months_limit", "for_each", "excludes", *_VALIDITY
    )
    takes, amounts = node.read("takes", str), node.read("amounts_fen", list)
    shares, months = node.read("shares", list, [HUNDRED]), node.read("months_limit", (int, type(None)), None)
    if takes not in list(Takes):
        raise PolicyError(node.where, f"takes {takes!r} unknown, one of {', '.join(Takes)}")
    if not amounts or not all(type(amount) is int and amount > 0 for amount in amounts):
        raise PolicyError(node.where, "amounts_fen must list whole fen above 0")
    if not shares or not all(type(share) is int and 0 < share <= HUNDRED for share in shares):
        raise PolicyError(node.where, "shares must list whole percents from 1 to 100")
    if months is not None and months < 1:
        raise PolicyError(node.where, "months_limit must be at least 1")
    return AdditionalRule(
        node.read("key", str),
        Takes(takes),
        tuple(amounts),
        tuple(shares),
        node.amount("shared_limit_fen", 0),
        months,
        node.read("for_each", bool, False),
        node.read("excludes", str, ""),
    )


def _other(node: Node) -> OtherRule:
    node.only("key", "monthly_limit_fen", "yearly_limit_fen", "base_millionths", *_VALIDITY)
    return OtherRule(
        key=node.read("key", str),
        monthly_limit_fen=node.limit("monthly_limit_fen") if "monthly_limit_fen" in node.data else None,
        yearly_limit_fen=node.limit("yearly_limit_fen") if "yearly_limit_fen" in node.data else None,
        base_millionths=node.rate("base_millionths") if "base_millionths" in node.data else None,
    )


def _city_rule(node: Node) -> CityRule:
    node.only("insurance", "variant", "floor_fen", "ceiling_fen", "employer", "employee", *_VALIDITY)
    insurance = node.read("insurance", str)
    if insurance not in INSURANCES:
        raise PolicyError(node.where, f"insurance {insurance!r} unknown, one of {', '.join(INSURANCES)}")
    floor, ceiling = node.limit("floor_fen"), node.limit("ceiling_fen")
    if floor is not None and ceiling is not None and floor > ceiling:
        raise PolicyError(node.where, f"floor_fen {floor} is above ceiling_fen {ceiling}")
    terms = InsuranceTerms(insurance, floor, ceiling, _side(node.child("employer")), _side(node.child("employee")))
    return CityRule(node.read("variant", str, ""), terms)


def _side(node: Node) -> SideTerms:
    node.only("lowest_rate", "highest_rate", "rounding", "fixed_fen", "fixed_months")
    low, high = node.rate("lowest_rate"), node.rate("highest_rate")
    if low > high:
        raise PolicyError(node.where, f"lowest_rate {low} is above highest_rate {high}")
    mode = node.read("rounding", str)
    if mode not in list(Rounding):
        raise PolicyError(node.where, f"rounding {mode!r} unknown, one of {', '.join(Rounding)}")
    months = node.read("fixed_months", list, [])
    if not all(isinstance(month, int) and 1 <= month <= 12 for month in months):
        raise PolicyError(node.where, f"fixed_months must be months 1–12, not {months}")
    return SideTerms(low, high, Rounding(mode), node.amount("fixed_fen", 0), frozenset(months))
