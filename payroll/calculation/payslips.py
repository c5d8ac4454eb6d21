"""Payslips of one client's run in one call: columns in, columns out, nothing read or written on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from agency.money import Column
from agency.periods import Period

from .after_tax import taken_off
from .apart import Apart, ApartInputs, apart_pay
from .brackets import BracketTable
from .columns import RowWarning, blank, check_amounts, column, mark, zeros
from .contribution_terms import ContributionPolicy
from .contributions import ContributionInputs, Contributions, contribute
from .debts import DebtInputs, borne_by_client
from .gross import Gross, GrossInputs, gross_pay
from .item_pay import ItemInputs, pay_by_items
from .particulars import Particulars
from .withholding import BasicDeduction, Withholding, WithholdingInputs, YearToDate, withhold


@dataclass(frozen=True, slots=True)
class PayrollRules:
    """Hold the rules one run is computed by; two months of different rules are two runs.

    `monthly_table` is that of a bonus taxed apart, None on days on which there is no such rule. A student's pay has
    `costs_millionths` of deemed costs.
    """

    yearly_table: BracketTable
    basic: BasicDeduction
    policies: tuple[ContributionPolicy, ...]
    monthly_table: BracketTable | None = None
    costs_millionths: int = 0


@dataclass(frozen=True, slots=True)
class TaxFacts:
    """Hold what the tax needs beside this month's pay; int64 columns of shape (n,), fen (see
    `WithholdingInputs`). `declared_fen` tells what of the deductions to date was declared, by its kind.
    """

    before: YearToDate
    months_here: Column
    basic_method: Column
    exempt_fen: Column
    additional_to_date_fen: Column
    pension_to_date_fen: Column
    other_fen: Column
    relief_fen: Column
    more: Particulars | None = None
    declared_fen: Mapping[str, Column] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PayslipInputs:
    """Hold one run: wages worked in `wage_period`, insured for that month, paid and taxed in `pay_period`.

    `deductions_fen` maps an item's key (dormitory, advance …) to what is taken off after tax, ≥ 0.
    `…_adjustment_fen` is a difference of earlier months' insurance and fund (补差), negative when too much
    was taken; the worker's part counts into this month's deductible contributions.
    """

    wage_period: Period
    pay_period: Period
    gross: GrossInputs
    contributions: ContributionInputs
    tax: TaxFacts
    employee_adjustment_fen: Column
    employer_adjustment_fen: Column
    deductions_fen: Mapping[str, Column] = field(default_factory=dict)
    items: ItemInputs | None = None
    apart: ApartInputs | None = None
    debts: DebtInputs | None = None


@dataclass(frozen=True, slots=True)
class Payslips:
    """Hold the computed run; int64 columns of fen, shape (n,).

    A row with `errors` (`RowError` bits) holds 0 everywhere and blocks no other row. `warnings` are
    `RowWarning` bits. Always: net = gross − employee social − employee fund − employee adjustment − tax −
    deductions, and employer cost = gross + employer social + employer fund + employer adjustment.
    """

    gross: Gross
    borne_fen: Column
    apart: Apart
    contributions: Contributions
    tax: Withholding
    employee_adjustment_fen: Column
    employer_adjustment_fen: Column
    deductions_fen: dict[str, Column]
    gross_fen: Column
    employee_social_fen: Column
    employee_fund_fen: Column
    tax_fen: Column
    deducted_fen: Column
    net_fen: Column
    employer_cost_fen: Column
    errors: Column
    warnings: Column

    def __len__(self) -> int:
        return len(self.net_fen)


def compute_payslips(inputs: PayslipInputs, rules: PayrollRules) -> Payslips:
    """Compute gross, contributions, tax and net of every worker of a run; rounding happens in each line only.

    Raises `TypeError` or `ValueError` for columns of another kind or length; what is wrong with a worker's
    figures comes back in `errors` instead.
    """
    errors = _check(inputs)
    gross = pay_by_items(inputs.gross, inputs.items) if inputs.items else gross_pay(inputs.gross)
    dues = contribute(inputs.contributions, rules.policies, inputs.wage_period.month)
    errors |= gross.errors | dues.errors
    own = dues.employee.social_fen + dues.employee.fund_fen + inputs.employee_adjustment_fen
    borne = borne_by_client(inputs.debts, gross.gross_fen, own)
    gross = replace(gross, gross_fen=gross.gross_fen + borne)
    tax = _tax(inputs, gross, dues, rules)
    errors |= tax.errors
    bad = errors != 0
    apart = apart_pay(inputs.apart, len(errors), rules.yearly_table, rules.monthly_table)
    social, fund = dues.employee.social_fen, dues.employee.fund_fen
    gross_fen, adjustment = gross.gross_fen + apart.amount_fen, inputs.employee_adjustment_fen
    tax_fen = tax.withheld_fen + apart.tax_fen
    kept = gross_fen - social - fund - adjustment - tax_fen
    deductions = taken_off(dict(inputs.deductions_fen), inputs.items, inputs.debts, gross, kept)
    deducted = sum(deductions.values(), zeros(len(errors)))
    net = kept - deducted
    cost = gross_fen + dues.employer.social_fen + dues.employer.fund_fen + inputs.employer_adjustment_fen
    warnings = dues.warnings.copy()
    mark(warnings, net < 0, RowWarning.NET_BELOW_ZERO)
    mark(warnings, tax.due_fen < 0, RowWarning.TAX_OVERPAID)
    cut = [amount < gross.items_fen[key] for key, amount in deductions.items() if key in gross.items_fen]
    for rows in cut:
        mark(warnings, rows, RowWarning.DEDUCTION_CUT)
    slips = Payslips(
        gross=gross,
        borne_fen=borne,
        apart=apart,
        contributions=dues,
        tax=tax,
        employee_adjustment_fen=adjustment,
        employer_adjustment_fen=inputs.employer_adjustment_fen,
        deductions_fen=deductions,
        gross_fen=gross_fen,
        employee_social_fen=social,
        employee_fund_fen=fund,
        tax_fen=tax_fen,
        deducted_fen=deducted,
        net_fen=net,
        employer_cost_fen=cost,
        errors=errors,
        warnings=warnings,
    )
    return blank(slips, bad)


def total_fen(columns: Sequence[Column]) -> int:
    """Add up columns of fen into one Python int, which cannot overflow."""
    return sum(sum(values.tolist()) for values in columns)


def _tax(inputs: PayslipInputs, gross: Gross, dues: Contributions, rules: PayrollRules) -> Withholding:
    facts = inputs.tax
    special = dues.employee.social_fen + dues.employee.fund_fen + inputs.employee_adjustment_fen
    return withhold(
        WithholdingInputs(
            tax_month=inputs.pay_period.month,
            before=facts.before,
            months_here=facts.months_here,
            basic_method=facts.basic_method,
            income_fen=gross.gross_fen,
            exempt_fen=facts.exempt_fen + gross.exempt_fen,
            special_fen=special,
            additional_to_date_fen=facts.additional_to_date_fen,
            pension_to_date_fen=facts.pension_to_date_fen,
            other_fen=facts.other_fen,
            relief_fen=facts.relief_fen,
            more=facts.more,
        ),
        rules.yearly_table,
        rules.basic,
        costs_millionths=rules.costs_millionths,
    )


def _check(inputs: PayslipInputs) -> Column:
    n = len(inputs.gross.wage_fen)
    errors = zeros(n)
    column(inputs.contributions.policy, n, "policy")
    for name in ("employee_adjustment_fen", "employer_adjustment_fen"):
        check_amounts(errors, column(getattr(inputs, name), n, name), negative=True)
    if inputs.apart is not None:
        check_amounts(errors, column(inputs.apart.amount_fen, n, "apart.amount_fen"))
        check_amounts(errors, column(inputs.apart.average_wage_fen, n, "apart.average_wage_fen"))
    if inputs.debts is not None:
        for name in DebtInputs.__slots__:
            check_amounts(errors, column(getattr(inputs.debts, name), n, f"debts.{name}"))
    for name, amount in inputs.deductions_fen.items():
        check_amounts(errors, column(amount, n, f"deductions_fen[{name}]"))
    return errors
