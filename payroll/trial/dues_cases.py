"""One `trial_contributions` case: what a city asks of both sides in a month, per insurance, and how sure that is."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from agency.money import Column
from agency.periods import Period
from payroll.calculation.contribution_terms import (
    FUNDS,
    HOUSING_FUND,
    INJURY,
    INSURANCES,
    SUPPLEMENTARY_FUND,
    ContributionPolicy,
    InsuranceTerms,
    SideTerms,
)
from payroll.calculation.contributions import ContributionInputs, SideContributions, contribute
from payroll.policies.books import CityBook, CityRule
from payroll.policies.validity import Dated, PolicyError

from .exact import Number, number
from .fields import Fields

FIELDS = (
    "id", "city", "period", "base", "housing_fund_base", "housing_fund_rate", "supplementary_fund_rate",
    "injury_rate", "variants", "description", "expected", "notes", "result", "error",
)  # fmt: skip
RATES = {HOUSING_FUND: "housing_fund_rate", SUPPLEMENTARY_FUND: "supplementary_fund_rate", INJURY: "injury_rate"}
LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Asked:
    """What a case gives: bases in fen (fund 0: none), variants by insurance."""

    period: Period
    base_fen: int
    fund_base_fen: int
    variants: dict[str, str]


def dues(case: Fields, books: dict[str, CityBook]) -> dict[str, Any]:
    """Answer one case; an insurance that cannot be computed is named in `left_out` with the reason."""
    book = _book(case, books)
    asked = _asked(case, book)
    insurances: dict[str, Any] = {}
    left_out: dict[str, str] = {}
    for name in INSURANCES:
        if not book.variants(name):
            continue
        if why := _not_asked(case, name, asked):
            left_out[name] = why
            continue
        try:
            version = book.version(name, asked.period.first_day, asked.variants.get(name))
        except PolicyError:
            left_out[name] = _unknown(book, name, asked.period)
        else:
            insurances[name] = _one(case, version, asked)
    if not insurances:
        what = _("Nothing is known about %(city)s in %(month)s.") % {"city": book.city, "month": asked.period}
        first = min(rule.valid_from for rule in book.rules)
        raise case.wrong("period", what, _("Choose %s or later.") % Period.of(first))
    sums = {side: _sums(insurances, side) for side in ("employer", "employee")}
    return {"city": book.city, "insurances": insurances, LEFT_OUT: left_out, **sums}


def _book(case: Fields, books: dict[str, CityBook]) -> CityBook:
    asked = case.text("city").removesuffix("市")
    for book in books.values():
        if asked == book.city or asked.lower() == book.pinyin:
            return book
    known = ", ".join(book.city for book in books.values())
    raise case.wrong("city", _("The city “%s” is unknown.") % asked[:20], _("Use one of: %s.") % known)


def _asked(case: Fields, book: CityBook) -> Asked:
    period, base = case.period("period"), case.amount("base")
    if not base:
        raise case.wrong("base", _("The declared base is 0."), _("Give the wage that was declared, in yuan."))
    wants_fund = "housing_fund_rate" in case or "supplementary_fund_rate" in case
    fund = case.amount("housing_fund_base", base if wants_fund else 0)
    return Asked(period, base, fund, _variants(case, book))


def _variants(case: Fields, book: CityBook) -> dict[str, str]:
    if "variants" not in case:
        return {}
    chosen = Fields(case.value["variants"], case.at("variants"), INSURANCES)
    for name in chosen.value:
        variant = chosen.value[name] if chosen.value[name] == "" else chosen.text(name)
        if variant not in book.variants(name):
            known = ", ".join(f'"{other}"' for other in book.variants(name)) or "—"
            what = _("%(city)s has no variant “%(variant)s” of it.") % {"city": book.city, "variant": variant[:30]}
            raise chosen.wrong(name, what, _("Use one of: %s.") % known)
    return dict(chosen.value)


def _not_asked(case: Fields, name: str, asked: Asked) -> str:
    """Say why an insurance is not computed although the city has it, or nothing."""
    if name in FUNDS and not asked.fund_base_fen:
        return _("There is no housing_fund_base.")
    if name in RATES and RATES[name] not in case:
        return _("There is no %s.") % RATES[name]
    return ""


def _unknown(book: CityBook, name: str, period: Period) -> str:
    first = min(rule.valid_from for rule in book.rules if rule.rule.terms.insurance == name)
    words = {"month": period, "first": Period.of(first)}
    return _("Nothing is known for %(month)s; the figures begin in %(first)s.") % words


def _one(case: Fields, version: Dated[CityRule], asked: Asked) -> dict[str, Any]:
    terms = version.rule.terms
    inputs = ContributionInputs(
        policy=_column(0),
        social_base_fen=_column(asked.base_fen),
        fund_base_fen=_column(asked.fund_base_fen),
        enrolled={terms.insurance: np.array([True])},
        employer_rates=_rates(case, terms, terms.employer),
        employee_rates=_rates(case, terms, terms.employee),
    )
    found = contribute(inputs, [ContributionPolicy("", (terms,))], asked.period.month)
    base = number(int(found.base_fen[terms.insurance][0]))
    carried = not version.holds_on(asked.period.first_day)
    return {
        "variant": version.rule.variant,
        "employer": _side(found.employer, terms.insurance, base),
        "employee": _side(found.employee, terms.insurance, base),
        "source": list(version.source),
        "provisional": version.provisional or carried,
        "carried_forward": carried,
        "valid_from": version.valid_from.isoformat(),
        "valid_to": version.valid_to.isoformat() if version.valid_to else None,
        "note": version.note,
    }


def _rates(case: Fields, terms: InsuranceTerms, side: SideTerms) -> dict[str, Column]:
    if not side.is_range:
        return {}
    return {terms.insurance: _column(case.rate(RATES[terms.insurance], side.lowest_rate, side.highest_rate))}


def _side(found: SideContributions, name: str, base: Number) -> dict[str, Number]:
    rate = Decimal(int(found.rate[name][0])).scaleb(-4).normalize()
    return {
        "base": base,
        "rate": Number(f"{rate:f}"),
        "fixed": number(int(found.fixed_fen[name][0])),
        "amount": number(int(found.fen[name][0])),
    }


def _sums(insurances: dict[str, Any], side: str) -> dict[str, Number]:
    def added(funds: bool) -> Number:
        amounts = (Decimal(due[side]["amount"]) for name, due in insurances.items() if (name in FUNDS) is funds)
        return number(int(sum(amounts, Decimal(0)) * 100))

    return {"social": added(False), "fund": added(True)}


def _column(value: int) -> Column:
    return np.array([value], dtype=np.int64)
