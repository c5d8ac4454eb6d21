"""A payslip's workings in words: lines for the drawer, for the tax story, and for the worker's own page."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.money import yuan
from payroll.balances.standing import TaxStart
from payroll.calculation.declared_kinds import ADDITIONAL, OTHER
from payroll.calculation.working_lines import Line
from payroll.calculation.workings import Workings

from .deduction_words import LESS

LABELS: dict[str, Promise] = {
    "base_wage": gettext_lazy("Base wage"),
    "absence": gettext_lazy("Absence, %(days)s days"),
    "overtime_weekday": gettext_lazy("Weekday overtime, %(hours)s h"),
    "overtime_rest_day": gettext_lazy("Rest day overtime, %(hours)s h"),
    "overtime_holiday": gettext_lazy("Holiday overtime, %(hours)s h"),
    "allowance.night": gettext_lazy("Night shifts, %(night_shifts)s"),
    "allowance.sick": gettext_lazy("Sick leave, %(sick)s days"),
    "allowance.other": gettext_lazy("Other allowances"),
    "allowance.bonus": gettext_lazy("Bonus, taxed with the year"),
    "bonus": gettext_lazy("Bonus, taxed apart"),
    "unpaid_month_client": gettext_lazy("Own insurance of a month without pay, borne by the client"),
    "unpaid_month": gettext_lazy("Own insurance of a month without pay, advanced by us"),
    "repayment": gettext_lazy("Held back of what we advanced, %(owed)s owed before"),
    "severance": gettext_lazy("Severance payment"),
    "pension_employee": gettext_lazy("Pension insurance"),
    "medical_employee": gettext_lazy("Medical insurance"),
    "unemployment_employee": gettext_lazy("Unemployment insurance"),
    "injury_employee": gettext_lazy("Work injury insurance"),
    "maternity_employee": gettext_lazy("Maternity insurance"),
    "housing_fund_employee": gettext_lazy("Housing fund"),
    "supplementary_fund_employee": gettext_lazy("Supplementary housing fund"),
    "employee_adjustment": gettext_lazy("Insurance of earlier months"),
    "tax": gettext_lazy("Income tax"),
    "deduction.other": gettext_lazy("Other deductions"),
    "pension_employer": gettext_lazy("Pension insurance, paid by us"),
    "medical_employer": gettext_lazy("Medical insurance, paid by us"),
    "unemployment_employer": gettext_lazy("Unemployment insurance, paid by us"),
    "injury_employer": gettext_lazy("Work injury insurance, paid by us"),
    "maternity_employer": gettext_lazy("Maternity insurance, paid by us"),
    "housing_fund_employer": gettext_lazy("Housing fund, paid by us"),
    "supplementary_fund_employer": gettext_lazy("Supplementary housing fund, paid by us"),
    "employer_adjustment": gettext_lazy("Insurance of earlier months, paid by us"),
    "tax_income_to_date": gettext_lazy("Income of the year so far"),
    "tax_exempt": gettext_lazy("less exempt income"),
    "tax_basic": gettext_lazy("less %(monthly)s a month × %(months)s months"),
    "tax_basic_at_once": gettext_lazy("less 60,000 at once"),
    "tax_special": gettext_lazy("less own insurance and fund so far"),
    "tax_costs": gettext_lazy("less a fifth as costs, as for students on internship"),
    "tax_additional": gettext_lazy("less special additional deductions"),
    **{f"tax_additional.{kind}": LESS[kind] for kind in ADDITIONAL},
    "tax_pension": gettext_lazy("less private pension"),
    "tax_pension.private_pension": LESS["private_pension"],
    "tax_other": gettext_lazy("less other deductions"),
    **{f"tax_other.{kind}": LESS[kind] for kind in OTHER},
    "tax_taxable": gettext_lazy("Taxable part"),
    "tax_to_date": gettext_lazy("× %(rate)s"),
    "tax_relief": gettext_lazy("less tax relief"),
    "tax_withheld_before": gettext_lazy("less withheld before"),
    "tax_withheld": gettext_lazy("Withheld this month"),
    "tax_apart_bonus": gettext_lazy("Tax of the bonus, %(monthly)s a month"),
    "tax_apart_exempt": gettext_lazy("Severance free of tax: three times %(average)s"),
    "tax_apart_severance": gettext_lazy("Tax of the severance"),
    "tax_total": gettext_lazy("Tax in all"),
}
SUMS = {"tax_taxable", "tax_withheld", "tax_total"}

STARTS: dict[TaxStart, Promise] = {
    TaxStart.EARLIER_PAYSLIP: gettext_lazy("Goes on from the payslip before."),
    TaxStart.OPENING_BALANCE: gettext_lazy("Goes on from the figures brought over from the system before."),
    TaxStart.JANUARY: gettext_lazy("Counted from January."),
    TaxStart.EMPLOYMENT: gettext_lazy("Counted from the month of employment."),
    TaxStart.FIRST_MONTH_HERE: gettext_lazy(
        "Counted from the first month on this system. Bring over the figures before it, or the yearly settlement will."
    ),
}
ERRORS: dict[str, Promise] = {
    "negative_amount": gettext_lazy("An amount is below zero. Check wage, bases and deductions."),
    "amount_too_large": gettext_lazy("An amount is impossibly large. Check the number of digits."),
    "attendance_out_of_range": gettext_lazy("There is no attendance, or days outside 0 to 31. Import or correct it."),
    "hours_out_of_range": gettext_lazy("Overtime hours are outside what a month has. Correct the attendance."),
    "scheduled_days_missing": gettext_lazy("The month has no workdays in the calendar. Check the agency's calendar."),
    "unknown_method": gettext_lazy("The way the wage is earned is unknown. Check the client's pay scheme."),
    "months_out_of_range": gettext_lazy("Months here do not fit the month of payment. Check the opening balance."),
    "unknown_policy": gettext_lazy("Nothing is known about the insurance of that city and month. See the policies."),
    "contribution_base_missing": gettext_lazy("The insurance base is 0. Enter it at the worker's social insurance."),
    "rate_out_of_range": gettext_lazy(
        "A rate is not one the city allows. Check the work injury rate of the pay scheme and the housing fund rate."
    ),
    "negative_gross": gettext_lazy("Absence and corrections are more than the wage. Correct the attendance."),
    "divided_by_zero": gettext_lazy("A formula divides by zero. Fill in the figure it divides by, or ask with 如果."),
    "below_table": gettext_lazy("A value lies below the first band of a table. Let the table begin at 0."),
}


@dataclass(frozen=True)
class Entry:
    """One line for `components/ledger.html`; amounts are written out."""

    label: str
    amount: str = ""
    note: str = ""
    kind: str = ""
    before: str = ""
    fen: int = field(default=0, compare=False)


def written(lines: Iterable[Line], told: dict[str, int], before: dict[str, int] | None = None) -> list[Entry]:
    """Write lines in the reader's language; `told` are the payslip's figures, `before` last month's amounts."""
    return [
        Entry(
            label=label_of(line, told),
            amount=yuan(line.amount_fen, symbol=""),
            note=line.formula,
            kind="sum" if line.key in SUMS else "",
            before=_size((before or {}).get(key_of(line))),
            fen=line.amount_fen,
        )
        for line in lines
    ]


def label_of(line: Line, told: dict[str, int]) -> str:
    """Say what a line is about, with its days, hours or shifts; an item of the scheme has its own name."""
    if "name" in line.numbers:
        return line.numbers["name"]
    numbers = line.numbers | {"night_shifts": str(told["night_shifts"]), "sick": _hundredths(told["sick_x100"])}
    label = str(LABELS[key_of(line)])
    return label % numbers if "%(" in label else label


def key_of(line: Line) -> str:
    """Return the key that names a line from month to month."""
    return f"{line.key}.{line.numbers['item']}" if "item" in line.numbers else line.key


def amounts(workings: Workings) -> dict[str, int]:
    """Return last month's amounts by line, to stand beside this month's."""
    return {key_of(line): line.amount_fen for line in (*workings.earned, *workings.taken)}


@dataclass(frozen=True)
class Earlier:
    """Last month's payslip to stand beside this one: what was computed, from which figures."""

    workings: Workings
    told: dict[str, int]


def beside(lines: Iterable[Line], told: dict[str, int], past: Iterable[Line], told_then: dict[str, int]) -> list[Entry]:
    """Write this month's lines beside last month's; what only last month had follows, so that both columns add up."""
    lines, past = list(lines), list(past)
    now = {key_of(line) for line in lines}
    gone = [
        Entry(label_of(line, told_then), "—", before=_size(line.amount_fen)) for line in past if key_of(line) not in now
    ]
    return [*written(lines, told, {key_of(line): line.amount_fen for line in past}), *gone]


def ledger(workings: Workings, told: dict[str, int], before: Earlier | None, months: tuple[str, str]) -> list[Entry]:
    """Return the whole payslip: earned, taken, net, each beside the month before; `months` are the two's names."""
    past, told_then = (before.workings, before.told) if before else (None, told)
    gross_before, net_before = (past.gross_fen, past.net_fen) if past else (None, None)
    earlier, now = months if past else ("", "")
    return [
        Entry(_("Earned"), now, kind="head", before=earlier),
        *beside(workings.earned, told, past.earned if past else (), told_then),
        Entry(
            _("Gross pay"),
            yuan(workings.gross_fen, symbol=""),
            kind="sum",
            before=_size(gross_before),
        ),
        Entry(_("Taken off"), kind="head", before=" "),
        *beside(workings.taken, told, past.taken if past else (), told_then),
        Entry(_("Net pay"), yuan(workings.net_fen), kind="total", before=_size(net_before)),
    ]


def _size(fen: int | None) -> str:
    return "" if fen is None else yuan(fen, symbol="")


def _hundredths(value: int) -> str:
    return f"{value // 100}.{value % 100:02d}".rstrip("0").rstrip(".")
