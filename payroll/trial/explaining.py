"""The trial calculator's answers, line by line, by the functions the payroll itself uses."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from agency.money import yuan
from payroll.calculation.bonus import bonus_choice, bonus_tax, bonus_traps, trap_of
from payroll.calculation.remuneration import StudentInputs, single_tax, withhold_from_students
from payroll.calculation.severance import severance_tax
from payroll.calculation.working_lines import percent, plain
from payroll.payslips.ledger import Entry
from payroll.policies.books import MONTHLY, REMUNERATION, YEARLY
from payroll.policies.loading import load_tax_book


@dataclass(frozen=True)
class Part:
    """One table of an answer."""

    title: str
    lines: list[Entry]


@dataclass(frozen=True)
class Explained:
    """An answer: the figure that was asked for, how it came about, and what to mind."""

    label: str
    amount_fen: int
    parts: list[Part]
    warnings: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


def explain_bonus(given: dict[str, Any]) -> Explained:
    """Tell both ways of taxing a bonus, the better one, and the trap it may lie in."""
    book, day = load_tax_book(), dt.date(given["year"], 12, 31)
    monthly, yearly = book.table(MONTHLY, day), book.table(YEARLY, day)
    bonus, balance = given["bonus_fen"], given["income_fen"] - given["deductions_fen"]
    choice = bonus_choice(_one(bonus), _one(balance), yearly, monthly)
    tax = int(bonus_tax(_one(bonus), monthly)[0])
    rate = percent(int(monthly.rates[np.searchsorted(monthly.bounds * 12, bonus, side="left")]))
    quick = int(monthly.quicks[np.searchsorted(monthly.bounds * 12, bonus, side="left")])
    apart, merged = int(choice.apart_fen[0]), int(choice.merged_fen[0])
    wages = int(yearly.tax(_one(balance))[0])
    separately = [
        _line(_("A twelfth of the bonus picks the rate"), bonus // 12, f"{plain(bonus)} ÷ 12 → {rate}"),
        _line(_("Tax on the bonus"), tax, _times(bonus, rate, quick)),
        _line(_("Tax on the other income"), wages, f"{plain(given['income_fen'])} − {plain(given['deductions_fen'])}"),
        _line(_("The year's tax"), apart, kind="total"),
    ]
    together = [
        _line(_("Taxable in the year"), max(balance + bonus, 0), f"{plain(balance)} + {plain(bonus)}"),
        _line(_("The year's tax"), merged, kind="total"),
    ]
    better = _("Merging saves") if merged < apart else _("Taxing apart saves")
    parts = [Part(_("Taxed apart"), separately), Part(_("Merged into the year"), together)]
    return Explained(better, abs(apart - merged), parts, _trap(bonus, monthly), ["财政部 税务总局公告2023年第30号"])


def explain_severance(given: dict[str, Any], day: dt.date) -> Explained:
    """Tell which part of a severance payment is exempt and what the rest costs."""
    payment, average = given["severance_fen"], given["average_fen"]
    table = load_tax_book().table(YEARLY, day)
    tax = severance_tax(_one(payment), _one(average), table)
    index = int(table.find(tax.taxable_fen)[0])
    taxable, due = int(tax.taxable_fen[0]), int(tax.tax_fen[0])
    lines = [
        _line(_("Severance payment"), payment),
        _line(_("Exempt"), -int(tax.exempt_fen[0]), f"≤ {plain(average)} × 3"),
        _line(_("Taxed by itself"), taxable, kind="sum"),
        _line(_("Tax"), due, _times(taxable, percent(int(table.rates[index])), int(table.quicks[index]))),
        _line(_("What is left"), payment - due, kind="total"),
    ]
    return Explained(_("Tax"), due, [Part(_("Severance"), lines)], sources=["财税〔2018〕164号 五（一）"])


def explain_service(given: dict[str, Any], day: dt.date) -> Explained:
    """Tell the tax on a payment for services, or on a student's internship so far."""
    book = load_tax_book()
    if given["student"]:
        return _internship(given["income_fen"], given["months"], day)
    payment = given["income_fen"]
    table, costs = book.table(REMUNERATION, day), book.remuneration_costs(day)
    due = int(single_tax(_one(payment), table, costs)[0])
    flat = payment <= costs.flat_up_to_fen
    cost = min(costs.flat_fen, payment) if flat else payment * costs.rate_millionths // 1_000_000
    taxable = payment - cost
    index = int(table.find(_one(taxable))[0])
    lines = [
        _line(_("Payment"), payment),
        _line(_("Deemed costs"), -cost, "" if flat else f"{plain(payment)} × {percent(costs.rate_millionths)}"),
        _line(_("Taxable part"), taxable, kind="sum"),
        _line(_("Tax"), due, _times(taxable, percent(int(table.rates[index])), int(table.quicks[index]))),
        _line(_("What is left"), payment - due, kind="total"),
    ]
    return Explained(_("Tax"), due, [Part(_("One payment"), lines)], sources=["国家税务总局公告2018年第61号 第八条"])


def _internship(income: int, months: int, day: dt.date) -> Explained:
    book = load_tax_book()
    table, costs, basic = book.table(YEARLY, day), book.remuneration_costs(day), book.basic_deduction(day)
    earned = withheld = _one(0)
    for month in range(1, months + 1):
        tax = withhold_from_students(StudentInputs(_one(month), earned, withheld, _one(income)), table, costs, basic)
        before, earned, withheld = withheld, tax.income_to_date_fen, withheld + tax.withheld_fen
    due = int(tax.withheld_fen[0])
    lines = [
        _line(_("Income so far"), int(tax.income_to_date_fen[0])),
        _line(_("Deemed costs"), -int(tax.costs_to_date_fen[0]), percent(costs.rate_millionths)),
        _line(_("Basic deduction"), -int(tax.basic_to_date_fen[0]), f"{plain(basic.monthly_fen)} × {months}"),
        _line(_("Taxable part"), int(tax.taxable_to_date_fen[0]), kind="sum"),
        _line(_("Tax so far"), int(tax.tax_to_date_fen[0])),
        _line(_("Withheld before"), -int(before[0])),
        _line(_("Tax this month"), due, kind="total"),
    ]
    return Explained(_("Tax"), due, [Part(_("Internship"), lines)], sources=["国家税务总局公告2020年第13号 第二条"])


def _trap(bonus: int, monthly: Any) -> list[str]:
    number = int(trap_of(_one(bonus), monthly)[0])
    if number < 0:
        return []
    trap = bonus_traps(monthly)[number]
    words = {"best": yuan(trap.best_fen), "until": yuan(trap.until_fen), "loss": yuan(trap.loss_fen)}
    return [
        _("A bonus trap: between %(best)s and %(until)s more bonus leaves less. One yuan above costs %(loss)s.") % words
    ]


def _times(taxable: int, rate: str, quick: int) -> str:
    return f"{plain(taxable)} × {rate}" + (f" − {plain(quick)}" if quick else "")


def _line(label: str, fen: int, note: str = "", kind: str = "") -> Entry:
    return Entry(label, yuan(fen, symbol=""), note, kind)


def _one(value: int) -> Any:
    return np.array([value], dtype=np.int64)
