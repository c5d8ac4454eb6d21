"""A month's wages on trial: a payslip of nobody, with the months of the year before it."""

from collections import defaultdict
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from agency.money import Column, yuan
from agency.periods import Period
from agency.shell.formats import month as month_text
from payroll.calculation.contribution_terms import HOUSING_FUND, INJURY
from payroll.calculation.contributions import ContributionInputs
from payroll.calculation.gross import GrossInputs
from payroll.calculation.payslips import PayrollRules, PayslipInputs, Payslips, TaxFacts, compute_payslips
from payroll.calculation.withholding import YearToDate
from payroll.calculation.workings import workings
from payroll.payslips.ledger import ERRORS, Entry, written
from payroll.policies.books import YEARLY, CityTerms
from payroll.policies.loading import load_city_books, load_tax_book
from payroll.policies.names import INSURANCE_NAMES
from payroll.refusals import Refused

from .explaining import Explained, Part


def explain_wages(given: dict[str, Any]) -> Explained:
    """Tell a month's payslip line by line. Raises `PolicyError` for an unknown month, `Refused` for a wrong rate."""
    month: Period = given["month"]
    book, terms = load_tax_book(), load_city_books()[given["city"]].on(month.first_day)
    rules = PayrollRules(book.table(YEARLY, month.last_day), book.basic_deduction(month.last_day), (terms.policy,))
    before, by_month = YearToDate.start(1), []
    for number in range(1, given["months"] + 1):
        paid = month - (given["months"] - number)
        inputs = _inputs(given, paid, number, before)
        slips = compute_payslips(inputs, rules)
        by_month.append((paid, slips))
        before = slips.tax.to_date
    story = workings(inputs, slips, 0)
    told: dict[str, int] = defaultdict(int)
    if story.errors:
        raise Refused(" ".join(str(ERRORS[code]) for code in story.errors))
    taken = [*written(story.earned, told), *written(story.taken, told)]
    taken.append(Entry(_("Net pay"), yuan(story.net_fen, symbol=""), kind="total"))
    cost = [*written(story.earned, told), *written(story.employer, told)]
    cost.append(Entry(_("Cost to us"), yuan(story.employer_cost_fen, symbol=""), kind="total"))
    parts = [
        Part(_("What the worker gets"), taken),
        Part(_("How the tax came about"), written(story.tax, told)),
        Part(_("What it costs"), cost),
    ]
    if len(by_month) > 1:
        parts.append(Part(_("Tax month by month"), [_month(paid, slips) for paid, slips in by_month]))
    return Explained(_("Net pay"), story.net_fen, parts, _to_check(terms), _sources(terms))


def _inputs(given: dict[str, Any], month: Period, number: int, before: YearToDate) -> PayslipInputs:
    nothing, wage = _one(0), _one(given["wage_fen"])
    social, fund = (
        given[name] if given[name] is not None else given["wage_fen"] for name in ("base_fen", "fund_base_fen")
    )
    rate = {HOUSING_FUND: _one(given["fund_rate"] or 0)}
    return PayslipInputs(
        wage_period=month,
        pay_period=month,
        gross=GrossInputs(nothing, wage, wage, nothing, nothing, nothing),
        contributions=ContributionInputs(
            nothing,
            _one(social),
            _one(fund),
            enrolled={HOUSING_FUND: np.array([bool(given["fund_rate"] and fund)])},
            employer_rates={INJURY: _one(given["injury_rate"]), **rate},
            employee_rates=rate,
        ),
        tax=TaxFacts(
            before=before,
            months_here=_one(number),
            basic_method=_one(given["method"]),
            exempt_fen=nothing,
            additional_to_date_fen=_one((given["additional_fen"] or 0) * number),
            pension_to_date_fen=nothing,
            other_fen=nothing,
            relief_fen=nothing,
        ),
        employee_adjustment_fen=nothing,
        employer_adjustment_fen=nothing,
    )


def _month(month: Period, slips: Payslips) -> Entry:
    taxable = yuan(int(slips.tax.taxable_to_date_fen[0]), symbol="")
    return Entry(month_text(month), yuan(int(slips.tax_fen[0]), symbol=""), _("taxable so far %s") % taxable)


def _to_check(terms: CityTerms) -> list[str]:
    doubtful = [str(INSURANCE_NAMES[name]) for name in dict.fromkeys((*terms.provisional, *terms.carried_forward))]
    if not doubtful:
        return []
    return [_("Provisional, to be checked in the notice: %s.") % _(", ").join(doubtful)]


def _sources(terms: CityTerms) -> list[str]:
    return list(dict.fromkeys(source for sources in terms.sources.values() for source in sources))


def _one(value: int) -> Column:
    return np.array([value], dtype=np.int64)
