"""A payslip in plain words for the worker: what was earned, what was taken, what is left."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from agency.money import yuan
from payroll.calculation.contribution_terms import FUNDS, INSURANCES
from payroll.calculation.working_lines import Line
from payroll.calculation.workings import Workings
from payroll.models import PayrollRun, Payslip
from workers.models import BankAccount

from .figures import whole
from .ledger import Entry, amounts, key_of, label_of
from .replaying import replay

SOCIAL = {f"{name}_employee" for name in INSURANCES if name not in FUNDS}
FUND = {f"{name}_employee" for name in FUNDS}


@dataclass(frozen=True)
class PlainPayslip:
    """What the worker's page shows; amounts in fen, `change_fen` against the month before or None."""

    earned: list[Entry]
    taken: list[Entry]
    gross_fen: int
    taken_fen: int
    net_fen: int
    change_fen: int | None
    reason: str


def plain(slip: Payslip) -> PlainPayslip:
    """Tell a published payslip in plain words."""
    workings, told = replay(slip).workings, whole(slip.inputs)
    before = _before(slip)
    return PlainPayslip(
        earned=[Entry(label_of(line, told), yuan(line.amount_fen, symbol=""), _how(line)) for line in workings.earned],
        taken=_taken(slip, workings, told),
        gross_fen=slip.gross_fen,
        taken_fen=slip.gross_fen - slip.net_fen,
        net_fen=slip.net_fen,
        change_fen=slip.net_fen - before.net_fen if before else None,
        reason=_reason(workings, before, told) if before else "",
    )


def account_tail(slip: Payslip) -> str:
    """Return the last four digits of the account the wages went to, or nothing."""
    account = BankAccount.objects.valid_on(slip.run.pay_date).filter(worker=slip.worker_id).first()
    return account.number[-4:] if account else ""


def _how(line: Line) -> str:
    """Say how a line came about: overtime by the hour, an item by its formula in words and in numbers."""
    if "hourly" in line.numbers:
        return _("%(hourly)s an hour × %(times)s") % line.numbers
    return line.formula if line.key == "item" else ""


def _taken(slip: Payslip, workings: Workings, told: dict[str, int]) -> list[Entry]:
    entries = []
    social = sum(line.amount_fen for line in workings.taken if line.key in SOCIAL)
    fund = sum(line.amount_fen for line in workings.taken if line.key in FUND)
    if social:
        saved = yuan(slip.employee_pension_fen, symbol="")
        entries.append(
            Entry(
                _("Pension, medical, unemployment"),
                yuan(social, symbol=""),
                _("Your pension account grew by %(saved)s") % {"saved": saved},
            )
        )
    if fund:
        given = yuan(slip.employer_fund_fen, symbol="")
        entries.append(
            Entry(_("Housing fund"), yuan(fund, symbol=""), _("We put in %(given)s for you too") % {"given": given})
        )
    rest = [line for line in workings.taken if line.key not in SOCIAL | FUND]
    return entries + [Entry(label_of(line, told), yuan(line.amount_fen, symbol=""), _how(line)) for line in rest]


def _before(slip: Payslip) -> Workings | None:
    rows = Payslip.objects.published().filter(
        worker=slip.worker_id,
        run__client=slip.run.client_id,
        run__period=str(slip.run.month.previous()),
        run__kind=PayrollRun.Kind.REGULAR,
        errors=0,
    )
    found = rows.select_related("run__tax_policy").first()
    return replay(found).workings if found else None


def _reason(now: Workings, before: Workings, told: dict[str, int]) -> str:
    """Name the line that explains most of the change, if one does."""
    past, present = amounts(before), amounts(now)
    change = now.net_fen - before.net_fen
    moved = {key: present.get(key, 0) - past.get(key, 0) for key in present | past}
    if not change or not moved:
        return ""
    key = max(moved, key=lambda name: moved[name] if change > 0 else -moved[name])
    lines = {key_of(line): line for line in (*now.earned, *now.taken)}
    return label_of(lines[key], told) if key in lines else ""
