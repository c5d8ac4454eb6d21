"""Months without pay in a run: who bears them, what is owed of earlier ones, and what this run has moved."""

import numpy as np

from agency.columnar import KeySet, spread
from agency.money import Column
from payroll.calculation.debts import ADVANCED, REPAID, Bearer
from payroll.calculation.payslips import Payslips
from payroll.models import PayrollRun, PayScheme
from payroll.payslips.figures import Figures
from payroll.schemes.debts import keep_debts, owed_before

from .roll import Roll


def fill_debts(figures: Figures, roll: Roll, run: PayrollRun, scheme: PayScheme) -> None:
    """Who bears a month without pay, and what is owed of earlier ones; the minimum wage stays with the worker."""
    if run.kind != PayrollRun.Kind.REGULAR:
        return
    figures["bearer"][:] = scheme.unpaid_bearer
    owed = owed_before(run, KeySet(roll.worker_id.tolist()))
    figures["owed_fen"][:] = spread(roll.worker_id, owed, "worker_id", "owed_fen")
    figures["owed_minimum_fen"][:] = np.where(figures["owed_fen"] > 0, scheme.minimum_wage_fen or 0, 0)


def keep_moved(run: PayrollRun, keys: Column, slips: Payslips, scheme: PayScheme) -> None:
    """Keep what was advanced for months without pay, and what was held back of it; `keys` are the workers in order."""
    moved = -slips.deductions_fen[ADVANCED] - slips.deductions_fen[REPAID]
    rows = np.flatnonzero(moved).tolist()
    if rows or run.version > 1:
        amounts = {int(keys[row]): int(moved[row]) for row in rows}
        keep_debts(run, amounts, scheme.unpaid_bearer == Bearer.AGENCY)
