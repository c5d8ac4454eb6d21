"""Read a city's contribution rules from parsed JSON, refusing what cannot be right."""

from agency.money import Rounding
from payroll.calculation.contribution_terms import INSURANCES, InsuranceTerms, SideTerms

from .books import CityBook, CityRule
from .dated import VALIDITY, dated
from .fields import Node
from .validity import PolicyError, refuse_overlaps


def city_book(data: object, where: str) -> CityBook:
    """Build a city's contribution rules from parsed JSON, of a file or stored. Raises `PolicyError`."""
    node = Node(data, where)
    node.only("city", "pinyin", "notes", "rules", "defaults")
    rules = tuple(dated(item, _city_rule(item)) for item in node.children("rules"))
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


def _city_rule(node: Node) -> CityRule:
    node.only("insurance", "variant", "floor_fen", "ceiling_fen", "employer", "employee", *VALIDITY)
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
