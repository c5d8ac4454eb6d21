"""Gather a run's figures as columns: a handful of queries, whatever the number of workers."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from agency.calendar import calendar_for
from agency.columnar import NULL, Columns, KeySet, day_number, matched, read_columns, spread
from agency.money import Column
from payroll.balances.standing import TaxStart
from payroll.balances.year_to_date import standings
from payroll.calculation.apart import ApartKind
from payroll.calculation.gross import OVERTIME_PERCENT, PAID_DAYS_X100, BaseMethod
from payroll.calculation.items import INPUTS as OWN_COLUMNS
from payroll.calculation.scheme_rules import SchemeRules
from payroll.calculation.withholding import YearToDate
from payroll.declarations.year import fill_declared
from payroll.models import PayrollInput, PayrollRun, PayScheme, Payslip
from payroll.payslips.figures import ITEM, Figures, blank_figures
from payroll.policies.choosing import Cities, CityChoice
from payroll.schemes.choosing import scheme_of, sick_pay
from payroll.schemes.given import given_columns
from payroll.schemes.rules import rules_of

from .facts import Facts, among, facts_of, net_before
from .insured import fill_insurance
from .roll import Roll, roll_of
from .unpaid import fill_debts

INPUTS = {
    "attended_x100": "days_worked_x100",
    "absent_x100": "days_absent_x100",
    "sick_x100": "sick_days_x100",
    "overtime_weekday_x100": "overtime_weekday_x100",
    "overtime_rest_day_x100": "overtime_rest_day_x100",
    "overtime_holiday_x100": "overtime_holiday_x100",
    "night_shifts": "night_shifts",
    "other_allowance_fen": "allowances_fen",
    "other_deduction_fen": "deductions_fen",
    "additional_to_date_fen": "additional_fen",
    "one_time_fen": "one_time_fen",
    "apart_kind": "taxed_apart",
}
# Outside every month: a worker without attendance cannot be computed, and says so instead of being paid nothing.
NO_DAYS = -1


@dataclass
class Gathered:
    """The figures of a run's workers, in the order of `roll`, and what goes with them."""

    roll: Roll
    figures: Figures
    scheme: PayScheme
    rules: SchemeRules
    choices: list[CityChoice]
    cities: Cities
    has_input: np.ndarray
    facts: Facts
    had_bonus: np.ndarray
    previous_net: Column


def gather(run: PayrollRun) -> Gathered:
    """Read everything a run is computed from."""
    scheme = scheme_of(run.client_id, run.month)
    rules = rules_of(scheme, run.month) if run.kind == PayrollRun.Kind.REGULAR else SchemeRules()
    inputs = read_columns(PayrollInput.objects.filter(run=run), worker_id="worker_id", left_out="left_out", **INPUTS)
    roll = roll_of(run)
    roll = roll.only(_in_run(run, roll.worker_id, inputs))
    figures = blank_figures(len(roll))
    has_input = _fill_inputs(figures, roll, inputs)
    _fill_wages(figures, roll, run, scheme)
    _fill_items(figures, roll, run, rules)
    choices, cities = fill_insurance(figures, roll, run, scheme)
    _fill_year(figures, roll, run)
    _fill_apart(figures, run)
    fill_debts(figures, roll, run, scheme)
    known = (facts_of(run, roll.worker_id), _had_bonus(run, roll), _previous_net(run, roll))
    return Gathered(roll, figures, scheme, rules, choices, cities, has_input, *known)


def _in_run(run: PayrollRun, keys: Column, inputs: Columns) -> np.ndarray:
    """Everybody of the roll is in a regular run, in another kind those with an input; never who was left out."""
    rows, found = matched(keys, inputs["worker_id"])
    if not found.any():
        return np.full(len(keys), run.kind == PayrollRun.Kind.REGULAR)
    left_out = found & (inputs["left_out"][rows] == 1)
    return ~left_out if run.kind == PayrollRun.Kind.REGULAR else found & ~left_out


def _fill_inputs(figures: Figures, roll: Roll, inputs: Columns) -> np.ndarray:
    rows, found = matched(roll.worker_id, inputs["worker_id"])
    figures["attended_x100"][:] = NO_DAYS
    if found.any():
        for name in INPUTS:
            figures[name][found] = inputs[name][rows[found]]
    return found


def _fill_wages(figures: Figures, roll: Roll, run: PayrollRun, scheme: PayScheme) -> None:
    """Who joins or leaves inside the month earns by days worked (docs/payroll/gross.md)."""
    workdays = calendar_for().workdays_in(run.month) or [run.month.first_day, run.month.last_day]
    figures["scheduled_x100"][:] = len(workdays) * 100
    first, last = day_number(workdays[0]), day_number(workdays[-1])
    partly = (roll.begins > first) | ((roll.ends != NULL) & (roll.ends <= last))
    figures["method"][:] = np.where(
        partly & (scheme.method == BaseMethod.MONTHLY), int(BaseMethod.PAID_DAYS), scheme.method
    )
    if run.kind == PayrollRun.Kind.REGULAR:
        figures["wage_fen"][:] = roll.wage_fen
    percents = {f"overtime_{kind}_percent": percent for kind, percent in OVERTIME_PERCENT.items()}
    for name, by_law in ({"paid_days_x100": PAID_DAYS_X100} | percents).items():
        figures[name][:] = getattr(scheme, name) if getattr(scheme, name) != by_law else 0
    figures["student"][:] = roll.student
    figures["night_fen"][:] = figures["night_shifts"] * scheme.night_shift_fen
    figures["sick_fen"][:] = sick_pay(
        figures["wage_fen"], figures["sick_x100"], figures["method"], scheme.sick_pay_percent,
        scheme.minimum_wage_fen or 0, scheme.paid_days_x100,
    )  # fmt: skip
    figures["whole_month"][:] = ~partly


def _fill_items(figures: Figures, roll: Roll, run: PayrollRun, rules: SchemeRules) -> None:
    """Fill what the scheme's items are given; facts that no formula asks for are not kept.

    The sheet's own columns are read only where the scheme has some: parsing them costs more than all others.
    """
    own = any(item.source in OWN_COLUMNS for item in rules.items)
    sheet = dict(PayrollInput.objects.filter(run=run).values_list("worker_id", "items")) if own else {}
    given = given_columns(run, rules, roll.worker_id.tolist(), sheet) if rules.items else {}
    for key, column in given.items():
        figures[f"{ITEM}{key}"] = column
    asked = rules.sheet.asked
    if not asked & {"整月", "whole_month"}:
        figures["whole_month"][:] = 0
    if asked & {"司龄月数", "months_of_service"}:
        figures["service_months"][:] = _months_until(roll.employed_on, run.month.last_day)


def _months_until(begins: Column, last_day: dt.date) -> Column:
    """Count the whole months of service at the end of a month, its last day included."""
    end = last_day + dt.timedelta(days=1)
    days = begins.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    whole = (np.datetime64(end, "M") - months).astype(np.int64)
    return np.maximum(whole - ((days - months).astype(np.int64) > end.day - 1), 0)


def _fill_apart(figures: Figures, run: PayrollRun) -> None:
    """Tell by which rule what is paid once is taxed: a severance always apart, a bonus as chosen for each worker."""
    if run.kind == PayrollRun.Kind.SEVERANCE:
        figures["apart_kind"][:] = ApartKind.SEVERANCE
        figures["average_wage_fen"][:] = run.average_wage_fen or 0
    elif run.kind != PayrollRun.Kind.BONUS:
        figures["apart_kind"][:] = ApartKind.NONE


def _had_bonus(run: PayrollRun, roll: Roll) -> np.ndarray:
    """Return whose bonus was taxed apart before in the tax year: the law allows it once (公告2023年第30号)."""
    if run.kind != PayrollRun.Kind.BONUS:
        return np.zeros(len(roll), dtype=bool)
    bonuses = Payslip.objects.final().of_tax_year(run.tax_month.year).filter(run__kind=run.kind).exclude(run=run)
    return among(roll.worker_id, bonuses.filter(inputs__apart_kind=ApartKind.BONUS))


def _fill_year(figures: Figures, roll: Roll, run: PayrollRun) -> None:
    workers = KeySet(roll.worker_id.tolist())
    year = standings(run, workers, roll.worker_id, roll.employed_on, roll.student)
    for name, column in zip(YearToDate.__slots__, year.before, strict=True):
        figures[f"before_{name}"][:] = column
    figures["months_here"][:] = year.months
    figures["basic_method"][:] = year.basic_method
    figures["tax_start"][:] = year.start
    figures["additional_to_date_fen"] += year.additional_fen
    figures["pension_to_date_fen"] += year.pension_fen
    fill_declared(figures, roll.worker_id, run, workers, year)


def _previous_net(run: PayrollRun, roll: Roll) -> Column:
    """Net wages of the month before at the same client, once approved; NULL where there were none."""
    return spread(roll.worker_id, net_before(run, run.kind, 1), "worker_id", "net_fen", NULL)


def year_begins_here(figures: Figures) -> np.ndarray:
    """Return whose tax year the system knows only from its first month on."""
    return figures["tax_start"] == TaxStart.FIRST_MONTH_HERE
