"""Gather a run's figures as columns: a handful of queries, whatever the number of workers."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import TextField
from django.db.models.functions import Cast

from agency.calendar import calendar_for
from agency.money import Column
from payroll.balances.differences import ENROLLED, differences, place_of
from payroll.balances.year_to_date import TaxStart, standings
from payroll.calculation.apart import ApartKind
from payroll.calculation.gross import BaseMethod
from payroll.calculation.items import INPUTS as OWN_COLUMNS
from payroll.calculation.scheme_rules import SchemeRules
from payroll.calculation.withholding import YearToDate
from payroll.models import PayrollInput, PayrollRun, PayScheme, Payslip
from payroll.payslips.figures import ITEM, NOT_INSURED, Figures, blank_figures
from payroll.policies.choosing import Cities, CityChoice, Key, cities_on
from payroll.schemes.choosing import scheme_of, sick_pay
from payroll.schemes.given import given_columns
from payroll.schemes.rules import rules_of
from workers.models import InsuranceEnrolment

from .facts import Facts, facts_of
from .roll import Member, members_of, placements_of

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
    """The figures of a run's workers, in the order of `members`, and what goes with them."""

    members: list[Member]
    figures: Figures
    scheme: PayScheme
    rules: SchemeRules
    choices: list[CityChoice]
    cities: Cities
    has_input: np.ndarray
    facts: Facts
    had_bonus: set[int]
    previous_net: dict[int, int]

    def mask(self, name: str) -> np.ndarray:
        """Return a bool attribute of the members as a column."""
        return np.array([getattr(member, name) for member in self.members], dtype=bool)


def gather(run: PayrollRun) -> Gathered:
    """Read everything a run is computed from."""
    scheme = scheme_of(run.client_id, run.month)
    rules = rules_of(scheme, run.month) if run.kind == PayrollRun.Kind.REGULAR else SchemeRules()
    inputs = {row[0]: row[1:] for row in _inputs(run, rules)}
    members = [m for m in members_of(run) if not _is_left_out(run, inputs.get(m.worker_id))]
    figures = blank_figures(len(members))
    has_input = _fill_inputs(figures, members, inputs)
    _fill_wages(figures, members, run, scheme)
    _fill_items(figures, members, run, rules, inputs)
    choices, cities = _fill_insurance(figures, members, run, scheme)
    _fill_year(figures, members, run)
    _fill_apart(figures, run)
    known = (facts_of(run), _had_bonus(run), _previous_net(run))
    return Gathered(members, figures, scheme, rules, choices, cities, has_input, *known)


def _inputs(run: PayrollRun, rules: SchemeRules) -> Any:
    """The own columns come last, and only where the scheme has some: parsing them costs more than all others."""
    own = ["items"] if any(item.source in OWN_COLUMNS for item in rules.items) else []
    return PayrollInput.objects.filter(run=run).values_list("worker_id", "left_out", *INPUTS.values(), *own)


def _is_left_out(run: PayrollRun, given: tuple | None) -> bool:
    if given is None:
        return run.kind != PayrollRun.Kind.REGULAR
    return bool(given[0])


def _fill_inputs(figures: Figures, members: list[Member], inputs: dict[int, tuple]) -> np.ndarray:
    missing = (False, NO_DAYS, *(0 for _name in list(INPUTS)[1:]))
    rows = [inputs.get(member.worker_id, missing) for member in members]
    for position, name in enumerate(INPUTS, start=1):
        figures[name][:] = [row[position] for row in rows]
    return np.array([member.worker_id in inputs for member in members], dtype=bool)


def _fill_wages(figures: Figures, members: list[Member], run: PayrollRun, scheme: PayScheme) -> None:
    """Who joins or leaves inside the month earns by days worked (docs/payroll/gross.md)."""
    workdays = calendar_for().workdays_in(run.month) or [run.month.first_day, run.month.last_day]
    figures["scheduled_x100"][:] = len(workdays) * 100
    partly = np.array(
        [m.begins > workdays[0] or (m.ends is not None and m.ends <= workdays[-1]) for m in members], dtype=bool
    )
    figures["method"][:] = np.where(
        partly & (scheme.method == BaseMethod.MONTHLY), int(BaseMethod.PAID_DAYS), scheme.method
    )
    if run.kind == PayrollRun.Kind.REGULAR:
        figures["wage_fen"][:] = [member.wage_fen for member in members]
    figures["night_fen"][:] = figures["night_shifts"] * scheme.night_shift_fen
    figures["sick_fen"][:] = sick_pay(
        figures["wage_fen"], figures["sick_x100"], figures["method"], scheme.sick_pay_percent,
        scheme.minimum_wage_fen or 0,
    )  # fmt: skip
    figures["whole_month"][:] = ~partly


def _fill_items(
    figures: Figures, members: list[Member], run: PayrollRun, rules: SchemeRules, inputs: dict[int, tuple]
) -> None:
    """Fill what the scheme's items are given; facts that no formula asks for are not kept."""
    sheet = {worker: given[-1] for worker, given in inputs.items()} if rules.items else {}
    given = given_columns(run, rules, [member.worker_id for member in members], sheet)
    for key, column in given.items():
        figures[f"{ITEM}{key}"] = column
    asked = rules.sheet.asked
    if not asked & {"整月", "whole_month"}:
        figures["whole_month"][:] = 0
    if asked & {"司龄月数", "months_of_service"}:
        end = run.month.last_day
        figures["service_months"][:] = [_months_between(m.joined_on or m.begins, end) for m in members]


def _months_between(begin: dt.date, end: dt.date) -> int:
    """Count the whole months of service at the end of a month, its last day included."""
    end += dt.timedelta(days=1)
    months = (end.year - begin.year) * 12 + end.month - begin.month
    return max(months - (end.day < begin.day), 0)


def _fill_insurance(
    figures: Figures, members: list[Member], run: PayrollRun, scheme: PayScheme
) -> tuple[list[CityChoice], Cities]:
    if run.kind != PayrollRun.Kind.REGULAR:
        return [], Cities({}, {})
    enrolled = _enrolled(run)
    cities = cities_on({row[0] for row in enrolled.values()}, run.month.first_day)
    choices = list(cities.found.values())
    places = {key: index for index, key in enumerate(cities.found)}
    nothing: tuple = (None, *(0 for _name in ENROLLED))
    insured = [nothing if member.elsewhere else enrolled.get(member.worker_id, nothing) for member in members]
    figures["policy"][:] = [places.get(row[0], len(choices)) if row[0] else NOT_INSURED for row in insured]
    for position, name in enumerate(ENROLLED, start=1):
        figures[name][:] = [row[position] for row in insured]
    codes = [choice.code for choice in choices] + [0, 0]
    figures["variants"][:] = [codes[index] for index in figures["policy"].tolist()]
    figures["injury_rate"][:] = scheme.injury_rate
    ids = [member.worker_id for member in members]
    now = {pk: choices[index].row for pk, index in zip(ids, figures["policy"].tolist(), strict=True)
           if 0 <= index < len(choices)}  # fmt: skip
    owed = differences(run, placements_of(run).values("worker"), now)
    figures["employee_adjustment_fen"][:] = [owed[pk].employee_fen if pk in owed else 0 for pk in ids]
    figures["employer_adjustment_fen"][:] = [owed[pk].employer_fen if pk in owed else 0 for pk in ids]
    return choices, cities


def _enrolled(run: PayrollRun) -> dict[int, tuple]:
    """Return each worker's place of insurance and bases, in the order of `ENROLLED`; the last enrolment holds.

    The variants are read as text and parsed once for each that occurs.
    """
    rows = InsuranceEnrolment.objects.valid_in(run.month).filter(worker__in=placements_of(run).values("worker"))
    rows = rows.order_by("valid_from").annotate(variants_text=Cast("variants", TextField()))
    known: dict[tuple[str, str], Key] = {}
    found = {}
    for worker, city, text, *bases in rows.values_list("worker_id", "city", "variants_text", *ENROLLED.values()):
        if (city, text) not in known:
            known[city, text] = place_of(InsuranceEnrolment(city=city, variants=json.loads(text)))
        found[worker] = (known[city, text], *bases)
    return found


def _fill_apart(figures: Figures, run: PayrollRun) -> None:
    """Tell by which rule what is paid once is taxed: a severance always apart, a bonus as chosen for each worker."""
    if run.kind == PayrollRun.Kind.SEVERANCE:
        figures["apart_kind"][:] = ApartKind.SEVERANCE
        figures["average_wage_fen"][:] = run.average_wage_fen or 0
    elif run.kind != PayrollRun.Kind.BONUS:
        figures["apart_kind"][:] = ApartKind.NONE


def _had_bonus(run: PayrollRun) -> set[int]:
    """Return whose bonus was taxed apart before in the tax year: the law allows it once (公告2023年第30号)."""
    if run.kind != PayrollRun.Kind.BONUS:
        return set()
    bonuses = Payslip.objects.final().of_tax_year(run.tax_month.year).filter(run__kind=run.kind).exclude(run=run)
    return set(bonuses.filter(inputs__apart_kind=ApartKind.BONUS).values_list("worker_id", flat=True))


def _fill_year(figures: Figures, members: list[Member], run: PayrollRun) -> None:
    joined = ((member.worker_id, member.joined_on or member.begins) for member in members)
    by_worker = standings(run, placements_of(run).values("worker"), joined)
    rows = [by_worker[member.worker_id] for member in members]
    for position, name in enumerate(YearToDate.__slots__):
        figures[f"before_{name}"][:] = [row.before[position] for row in rows]
    figures["months_here"][:] = [row.months for row in rows]
    figures["basic_method"][:] = [row.basic_method for row in rows]
    figures["tax_start"][:] = [row.start for row in rows]
    figures["additional_to_date_fen"] += _column(row.additional_fen for row in rows)
    figures["pension_to_date_fen"] += _column(row.pension_fen for row in rows)


def _previous_net(run: PayrollRun) -> dict[int, int]:
    """Net wages of the month before at the same client, once approved."""
    before = Payslip.objects.final().filter(
        run__client=run.client_id, run__period=str(run.month.previous()), run__kind=run.kind, errors=0
    )
    return dict(before.values_list("worker_id", "net_fen"))


def year_begins_here(figures: Figures) -> np.ndarray:
    """Return whose tax year the system knows only from its first month on."""
    return figures["tax_start"] == TaxStart.FIRST_MONTH_HERE


def _column(values: Any) -> Column:
    return np.array(list(values), dtype=np.int64)
