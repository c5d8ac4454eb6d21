"""Payslips for paper: the personal list every worker is given (Wage Payment Rules 6)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from agency.identifiers import mask_bank_account
from payroll.models import PayrollRun, Payslip
from payroll.payslips.figures import whole
from workers.models import BankAccount

EARNED = (
    "base_fen", "overtime_weekday_fen", "overtime_rest_day_fen", "overtime_holiday_fen", "allowances_fen",
    "absence_fen",
)  # fmt: skip
TAKEN = (
    "employee_pension_fen", "employee_medical_fen", "employee_unemployment_fen", "employee_injury_fen",
    "employee_maternity_fen", "employee_housing_fund_fen", "employee_supplementary_fund_fen",
    "employee_adjustment_fen", "tax_fen", "deducted_fen",
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """One worker's payslip on paper; `lines` are (label, fen), what is taken negative, and add up to the net."""

    slip: Payslip
    earned: list[tuple[Any, int]]
    taken: list[tuple[Any, int]]
    attended_x100: int
    account: str


def sheets_of(run: PayrollRun, slips: Iterable[Payslip]) -> Iterator[Sheet]:
    """Yield payslips of an approved run for paper; the account is masked, the identity number left out."""
    slips = list(slips)
    accounts = BankAccount.objects.valid_on(run.pay_date).filter(worker__in=[slip.worker_id for slip in slips])
    numbers = {account.worker_id: account.number for account in accounts}
    for slip in slips:
        yield Sheet(
            slip,
            _lines(slip, EARNED, {"absence_fen": -1}),
            _lines(slip, TAKEN, dict.fromkeys(TAKEN, -1)),
            whole(slip.inputs)["attended_x100"],
            mask_bank_account(numbers.get(slip.worker_id, "")),
        )


def _lines(slip: Payslip, names: tuple[str, ...], signs: dict[str, int]) -> list[tuple[Any, int]]:
    found = [(Payslip._meta.get_field(name), getattr(slip, name) * signs.get(name, 1)) for name in names]
    return [(field.verbose_name, amount) for field, amount in found if amount]  # type: ignore[union-attr]
