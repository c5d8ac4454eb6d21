"""The kinds of income-tax cases: what each reads, and its answer by the functions the payroll itself uses.

Every kind takes the rows of one case and gives one result a row, both as in rules/iit_examples.json; amounts in yuan.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from agency.money import Column, yuan
from payroll.calculation.bonus import bonus_tax
from payroll.calculation.columns import AMOUNT_LIMIT_FEN
from payroll.calculation.remuneration import StudentInputs, single_tax, withhold_from_students
from payroll.calculation.severance import severance_tax
from payroll.calculation.withholding import BasicDeduction, BasicMethod, WithholdingInputs, YearToDate, withhold
from payroll.policies.books import MONTHLY, REMUNERATION, YEARLY, TaxBook

from .exact import Number, number
from .faults import LIMIT
from .fields import Fields

Result = dict[str, Number]

MONTHLY_FIELDS = (
    "month", "income", "basic_deduction", "basic_deduction_cumulative", "special_deductions", "additional_deductions",
    "other", "exempt", "pension", "relief",
)  # fmt: skip
# 公告2024年第21号 and 2022年第34号: what a private pension takes off in one year.
PENSION_LIMIT_FEN = 1_200_000


@dataclass(frozen=True)
class Kind:
    """One kind of case: the fields of a row, and how rows are answered on a day by the tax rules."""

    known: tuple[str, ...]
    answer: Callable[[list[Fields], TaxBook, dt.date], list[Result]]


@dataclass
class Year:
    """One worker's year so far in a `monthly` case; amounts in fen."""

    before: YearToDate = field(default_factory=lambda: YearToDate.start(1))
    month: int = 0
    basic_fen: int = 0
    additional_fen: int = 0
    pension_fen: int = 0


def monthly(rows: list[Fields], book: TaxBook, day: dt.date) -> list[Result]:
    """Withhold month by month; every row is a month employed here, and brings its own basic deduction."""
    year, table, basic = Year(), book.table(YEARLY, day), book.basic_deduction(day)
    results = []
    for row in rows:
        month = _next_month(row, year.month)
        year.month, year.basic_fen = month, _basic_to_date(row, year.basic_fen, month, basic)
        year.additional_fen += row.amount("additional_deductions", 0)
        year.pension_fen = _pension_to_date(row, year.pension_fen)
        tax = withhold(_inputs(row, year), table, BasicDeduction(0, year.basic_fen))
        if tax.errors[0]:
            what = _("The year adds up to more than %s yuan.") % LIMIT
            raise row.wrong("income", what, _("Check the number of digits."))
        year.before = tax.to_date
        results.append({"month": Number(month), "withheld": number(int(tax.withheld_fen[0]))})
    return results


def annual(rows: list[Fields], book: TaxBook, day: dt.date) -> list[Result]:
    return _taxes(book.table(YEARLY, day).tax(_column(rows, "taxable_income")))


def bonus_separate(rows: list[Fields], book: TaxBook, day: dt.date) -> list[Result]:
    return _taxes(bonus_tax(_column(rows, "bonus"), book.table(MONTHLY, day)))


def severance(rows: list[Fields], book: TaxBook, day: dt.date) -> list[Result]:
    """Tax what exceeds three times the local average yearly wage."""
    average = _column(rows, "local_avg_annual_wage")
    for row, wage in zip(rows, average.tolist(), strict=True):
        if not wage:
            mend = _("Give the average yearly wage of the city in the year before, in yuan.")
            raise row.wrong("local_avg_annual_wage", _("An average wage is more than 0."), mend)
    return _taxes(severance_tax(_column(rows, "severance"), average, book.table(YEARLY, day)).tax_fen)


def remuneration_single(rows: list[Fields], book: TaxBook, day: dt.date) -> list[Result]:
    payments = _column(rows, "income")
    return _taxes(single_tax(payments, book.table(REMUNERATION, day), book.remuneration_costs(day)))


def remuneration_cumulative(rows: list[Fields], book: TaxBook, day: dt.date) -> list[Result]:
    """Withhold from a student's internship month by month; every row is one more month here."""
    income = withheld = _one(0)
    month, taxes = 0, []
    for count, row in enumerate(rows, start=1):
        month = _next_month(row, month) if "month" in row else month + 1
        if month > 12:
            raise row.wrong("income", _("A year has twelve months."), _("Put later months into a case of their own."))
        inputs = StudentInputs(_one(count), income, withheld, _one(row.amount("income")))
        tax = withhold_from_students(
            inputs, book.table(YEARLY, day), book.remuneration_costs(day), book.basic_deduction(day)
        )
        income, withheld = np.minimum(tax.income_to_date_fen, AMOUNT_LIMIT_FEN), withheld + tax.withheld_fen
        taxes.append(int(tax.withheld_fen[0]))
    return _taxes(taxes)


KINDS = {
    "monthly": Kind(MONTHLY_FIELDS, monthly),
    "annual": Kind(("taxable_income",), annual),
    "bonus_separate": Kind(("bonus",), bonus_separate),
    "severance": Kind(("severance", "local_avg_annual_wage"), severance),
    "remuneration_cumulative": Kind(("month", "income"), remuneration_cumulative),
    "remuneration_single": Kind(("income",), remuneration_single),
}


def _next_month(row: Fields, before: int) -> int:
    month = row.whole("month", 1, 12)
    if month <= before:
        what = _("Month %(month)d comes after month %(before)d.") % {"month": month, "before": before}
        raise row.wrong("month", what, _("Each month once and in order; add up what is paid within one month."))
    return month


def _basic_to_date(row: Fields, so_far: int, month: int, basic: BasicDeduction) -> int:
    """Add the row's basic deduction (5,000 unless it says otherwise), or take the sum to date the row gives."""
    to_date = so_far + row.amount("basic_deduction", 0 if "basic_deduction_cumulative" in row else basic.monthly_fen)
    name = "basic_deduction"
    if "basic_deduction_cumulative" in row:
        name, given = "basic_deduction_cumulative", row.amount("basic_deduction_cumulative")
        if given < so_far or ("basic_deduction" in row and given != to_date):
            what = _("%(given)s to date does not follow from %(before)s before.")
            raise row.wrong(
                name,
                what % {"given": yuan(given, symbol=""), "before": yuan(so_far, symbol="")},
                _("Give either the month's deduction or the sum to date; the sum never falls."),
            )
        to_date = given
    highest = month * basic.monthly_fen
    if to_date > highest and to_date != basic.at_once_fen:
        what = _("%(given)s to date is more than the law gives by month %(month)d.")
        mend = _("At most %(highest)s by then, or exactly %(once)s when deducted at once.")
        amounts = {"highest": yuan(highest, symbol=""), "once": yuan(basic.at_once_fen, symbol="")}
        raise row.wrong(name, what % {"given": yuan(to_date, symbol=""), "month": month}, mend % amounts)
    return to_date


def _pension_to_date(row: Fields, so_far: int) -> int:
    to_date = so_far + row.amount("pension", 0)
    if to_date > PENSION_LIMIT_FEN:
        what = _("The private pension comes to %s in the year.") % yuan(to_date, symbol="")
        raise row.wrong("pension", what, _("No more than %s a year count.") % yuan(PENSION_LIMIT_FEN, symbol=""))
    return to_date


def _inputs(row: Fields, year: Year) -> WithholdingInputs:
    """The case states the basic deduction to date itself, so it is given as one amount."""
    return WithholdingInputs(
        tax_month=year.month,
        before=year.before,
        months_here=_one(1),
        basic_method=_one(BasicMethod.AT_ONCE),
        income_fen=_one(row.amount("income")),
        exempt_fen=_one(row.amount("exempt", 0)),
        special_fen=_one(row.amount("special_deductions", 0)),
        additional_to_date_fen=_one(year.additional_fen),
        pension_to_date_fen=_one(year.pension_fen),
        other_fen=_one(row.amount("other", 0)),
        relief_fen=_one(row.amount("relief", 0)),
    )


def _column(rows: list[Fields], name: str) -> Column:
    return np.array([row.amount(name) for row in rows], dtype=np.int64)


def _one(value: int) -> Column:
    return np.array([value], dtype=np.int64)


def _taxes(taxes: Any) -> list[Result]:
    return [{"tax": number(int(tax))} for tax in taxes]
