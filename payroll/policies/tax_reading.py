"""Read the income-tax rules from parsed JSON, refusing what cannot be right."""

from collections.abc import Iterator

from payroll.calculation.additional import HUNDRED, AdditionalRule, Takes
from payroll.calculation.brackets import Bracket, BracketTable
from payroll.calculation.other_deductions import OtherRule
from payroll.calculation.remuneration import RemunerationCosts
from payroll.calculation.withholding import BasicDeduction

from .books import NamedTable, TaxBook
from .dated import VALIDITY, dated
from .fields import Node
from .validity import PolicyError, refuse_overlaps


def tax_book(data: object, where: str) -> TaxBook:
    """Build the income-tax rules from parsed JSON. Raises `PolicyError`."""
    node = Node(data, where)
    node.only("tables", "basic_deduction", "remuneration_costs", "additional_deductions", "other_deductions")
    book = TaxBook(
        tables=tuple(dated(item, _table(item)) for item in node.children("tables")),
        basic=tuple(dated(item, _basic(item)) for item in node.children("basic_deduction")),
        costs=tuple(dated(item, _costs(item)) for item in node.children("remuneration_costs")),
        additional=tuple(dated(item, _additional(item)) for item in _optional(node, "additional_deductions")),
        other=tuple(dated(item, _other(item)) for item in _optional(node, "other_deductions")),
    )
    refuse_overlaps(book.other, lambda rule: rule.key, f"{where} other_deductions")
    refuse_overlaps(book.additional, lambda rule: rule.key, f"{where} additional_deductions")
    refuse_overlaps(book.tables, lambda rule: rule.name, f"{where} tables")
    refuse_overlaps(book.basic, lambda rule: "basic deduction", f"{where} basic_deduction")
    refuse_overlaps(book.costs, lambda rule: "remuneration costs", f"{where} remuneration_costs")
    return book


def _table(node: Node) -> NamedTable:
    node.only("name", "brackets", *VALIDITY)
    lines = [
        Bracket(line.limit("up_to_fen"), line.rate("rate_millionths"), line.amount("quick_fen"))
        for line in node.children("brackets")
    ]
    try:
        return NamedTable(node.read("name", str), BracketTable(tuple(lines)))
    except ValueError as error:
        raise PolicyError(node.where, str(error)) from None


def _basic(node: Node) -> BasicDeduction:
    node.only("monthly_fen", "at_once_fen", *VALIDITY)
    return BasicDeduction(node.amount("monthly_fen"), node.amount("at_once_fen"))


def _costs(node: Node) -> RemunerationCosts:
    node.only("flat_fen", "flat_up_to_fen", "rate_millionths", *VALIDITY)
    return RemunerationCosts(node.amount("flat_fen"), node.amount("flat_up_to_fen"), node.rate("rate_millionths"))


def _optional(node: Node, name: str) -> Iterator[Node]:
    """Books installed before the field existed do without it."""
    return node.children(name) if name in node.data else iter(())


def _additional(node: Node) -> AdditionalRule:
    node.only(
        "key", "takes", "amounts_fen", "shares", "shared_limit_fen", "months_limit", "for_each", "excludes", *VALIDITY
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
    node.only("key", "monthly_limit_fen", "yearly_limit_fen", "base_millionths", *VALIDITY)
    return OtherRule(
        key=node.read("key", str),
        monthly_limit_fen=node.limit("monthly_limit_fen") if "monthly_limit_fen" in node.data else None,
        yearly_limit_fen=node.limit("yearly_limit_fen") if "yearly_limit_fen" in node.data else None,
        base_millionths=node.rate("base_millionths") if "base_millionths" in node.data else None,
    )
