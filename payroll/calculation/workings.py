"""Workings of one payslip, line by line, as plain data: a page translates the keys and shows every amount."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from agency.money import yuan

from .apart import ApartKind, apart_story
from .columns import RowError, RowWarning, names_of
from .contribution_terms import INSURANCES
from .debts import ADVANCED, REPAID
from .formulas import told
from .gross import HOURS_A_DAY, PAID_DAYS_X100, BaseMethod, hourly_fen
from .items import SIGN, Item, Place
from .payslips import PayrollRules, PayslipInputs, Payslips
from .tax_story import tax_story
from .working_lines import Line, hundredths, percent, plain


@dataclass(frozen=True, slots=True)
class Workings:
    """Hold the story of one payslip; all amounts in fen, signed as they count.

    The lines of `earned` add up to `gross_fen`, those of `earned` and `taken` to `net_fen`; the last line
    of `tax` is this month's tax. `employer` adds up to the employer's cost beside the gross pay. With
    `errors` every list is empty.
    """

    earned: tuple[Line, ...] = ()
    taken: tuple[Line, ...] = ()
    tax: tuple[Line, ...] = ()
    employer: tuple[Line, ...] = ()
    gross_fen: int = 0
    net_fen: int = 0
    employer_cost_fen: int = 0
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())


def workings(inputs: PayslipInputs, slips: Payslips, row: int, rules: PayrollRules | None = None) -> Workings:
    """Tell how the payslip in `row` came about; needs the inputs it was computed from, and for what was taxed apart
    the rules.
    """
    errors = names_of(RowError, int(slips.errors[row]))
    if errors:
        return Workings(errors=errors)
    return Workings(
        earned=tuple(_earned(inputs, slips, row)),
        taken=tuple(_taken(inputs, slips, row)),
        tax=tuple(_tax(inputs, slips, row, rules)),
        employer=tuple(_employer(slips, row)),
        gross_fen=int(slips.gross_fen[row]),
        net_fen=int(slips.net_fen[row]),
        employer_cost_fen=int(slips.employer_cost_fen[row]),
        warnings=names_of(RowWarning, int(slips.warnings[row])),
    )


def _tax(inputs: PayslipInputs, slips: Payslips, row: int, rules: PayrollRules | None) -> Iterator[Line]:
    yield from tax_story(inputs, slips.tax, row)
    if rules is None or inputs.apart is None or not slips.apart.amount_fen[row]:
        return
    is_bonus = inputs.apart.kind[row] == ApartKind.BONUS
    table = rules.monthly_table if is_bonus and rules.monthly_table else rules.yearly_table
    yield from apart_story(inputs.apart, slips.apart, row, table)
    yield Line("tax_total", int(slips.tax_fen[row]))


def _earned(inputs: PayslipInputs, slips: Payslips, row: int) -> Iterator[Line]:
    pay, gross = inputs.gross, slips.gross
    wage, method = int(pay.wage_fen[row]), BaseMethod(int(pay.method[row]))
    attended, scheduled = int(pay.attended_days_x100[row]), int(pay.scheduled_days_x100[row])
    base = int(gross.base_fen[row])
    whole = pay.paid_days_x100 if method == BaseMethod.PAID_DAYS else scheduled
    formula = f"{plain(wage)} ÷ {hundredths(whole)} × {hundredths(attended)}" if base != wage else ""
    if method != BaseMethod.ITEMS:
        yield Line("base_wage", base, formula, {"days": hundredths(attended)})
    yield from _items(inputs, slips, row, Place.BASE)
    absence = int(gross.absence_fen[row])
    if absence:
        days = hundredths(int(pay.absent_days_x100[row]))
        formula = f"{plain(wage)} ÷ {hundredths(pay.paid_days_x100)} × {days}" if absence != wage else ""
        yield Line("absence", -absence, formula, {"days": days})
    yield from _items(inputs, slips, row, Place.ABSENCE)
    overtime_wage = int(pay.overtime_wage_fen[row]) + _overtime_base(inputs, slips, row)
    for kind, amounts in gross.overtime_fen.items():
        worked = int(pay.overtime_hours_x100[kind][row])
        if worked:
            yield _overtime(kind, overtime_wage, pay.overtime_percent[kind], worked, int(amounts[row]))
    for item, amounts in gross.allowances_fen.items():
        if amounts[row]:
            yield Line("allowance", int(amounts[row]), "", {"item": item})
    yield from _items(inputs, slips, row, Place.ALLOWANCE)
    if inputs.apart is not None and slips.apart.amount_fen[row]:
        kind = ApartKind(int(inputs.apart.kind[row])).name.lower()
        yield Line(kind, int(slips.apart.amount_fen[row]))
    if slips.borne_fen[row]:
        yield Line("unpaid_month_client", int(slips.borne_fen[row]))


def _items(inputs: PayslipInputs, slips: Payslips, row: int, place: Place) -> Iterator[Line]:
    """Tell the scheme's own items of one place; what is 0 is left out."""
    for item in inputs.items.rules.items if inputs.items else ():
        amount = int(slips.gross.items_fen[item.key][row]) if item.place == place else 0
        if amount:
            yield Line(
                "item", SIGN[place] * amount, _told(inputs, slips, item, row), {"item": item.key, "name": item.name}
            )


def _told(inputs: PayslipInputs, slips: Payslips, item: Item, row: int) -> str:
    """Write an item's formula in words and then with the row's numbers."""
    if inputs.items is None or not inputs.items.rules.sheet.names_of(item):
        return ""
    formula = inputs.items.rules.sheet.formulas[item.key]
    return f"{formula.text} = {told(formula, slips.gross.names.of_row(row))}"


def _overtime_base(inputs: PayslipInputs, slips: Payslips, row: int) -> int:
    items = inputs.items.rules.items if inputs.items else ()
    return sum(int(slips.gross.items_fen[item.key][row]) for item in items if item.overtime_base)


def _overtime(kind: str, wage_fen: int, times_x100: int, hours_x100: int, amount_fen: int) -> Line:
    times = hundredths(times_x100)
    hours = hundredths(hours_x100)
    formula = f"{plain(wage_fen)} ÷ {hundredths(PAID_DAYS_X100)} ÷ {HOURS_A_DAY} × {times} × {hours}"
    above, below = hourly_fen(wage_fen)
    hourly = yuan((2 * above + below) // (2 * below), symbol="")
    return Line(f"overtime_{kind}", amount_fen, formula, {"hours": hours, "hourly": hourly, "times": times})


def _taken(inputs: PayslipInputs, slips: Payslips, row: int) -> Iterator[Line]:
    yield from _contributions(slips, row, "employee", -1)
    if slips.employee_adjustment_fen[row]:
        yield Line("employee_adjustment", -int(slips.employee_adjustment_fen[row]))
    yield Line("tax", -int(slips.tax_fen[row]))
    own = {item.key: item for item in inputs.items.rules.items} if inputs.items else {}
    for key, amounts in slips.deductions_fen.items():
        if amounts[row] and key in (ADVANCED, REPAID):
            yield Line(key, -int(amounts[row]), "", _owed(inputs, row) if key == REPAID else {})
        elif amounts[row] and key in own:
            numbers = {"item": key, "name": own[key].name}
            yield Line("item", -int(amounts[row]), _told(inputs, slips, own[key], row), numbers)
        elif amounts[row]:
            yield Line("deduction", -int(amounts[row]), "", {"item": key})


def _owed(inputs: PayslipInputs, row: int) -> dict[str, str]:
    return {"owed": plain(int(inputs.debts.owed_fen[row]))} if inputs.debts else {}


def _employer(slips: Payslips, row: int) -> Iterator[Line]:
    yield from _contributions(slips, row, "employer", 1)
    if slips.employer_adjustment_fen[row]:
        yield Line("employer_adjustment", int(slips.employer_adjustment_fen[row]))


def _contributions(slips: Payslips, row: int, side: str, sign: int) -> Iterator[Line]:
    base_fen, due = slips.contributions.base_fen, getattr(slips.contributions, side)
    for name in INSURANCES:
        amount, rate = int(due.fen[name][row]), int(due.rate[name][row])
        if not amount:
            continue
        base, fixed = int(base_fen[name][row]), int(due.fixed_fen[name][row])
        formula = f"{plain(base)} × {percent(rate)}" + (f" + {plain(fixed)}" if fixed else "")
        yield Line(f"{name}_{side}", sign * amount, formula, {"base": plain(base), "rate": percent(rate)})
