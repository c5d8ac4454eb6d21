"""Compute a stored payslip again from its own figures and rules, bit for bit, for its workings and as a proof."""

from dataclasses import dataclass
from typing import Any

from payroll.calculation.payslips import PayslipInputs, Payslips, compute_payslips
from payroll.calculation.workings import Workings, workings
from payroll.models import Payslip
from payroll.policies.choosing import book_of_tax, terms_by_key
from payroll.policies.validity import PolicyError
from payroll.runs.computing import amounts_of, rules_for

from .figures import calculation_inputs, from_json_rows


@dataclass(frozen=True)
class Replay:
    """A payslip computed again: inputs and results as columns of one row."""

    inputs: PayslipInputs
    slips: Payslips

    @property
    def workings(self) -> Workings:
        """Tell line by line how the payslip came about."""
        return workings(self.inputs, self.slips, 0)

    def differences(self, slip: Payslip) -> dict[str, tuple[int, int]]:
        """Return what the stored payslip says otherwise: name → (stored, computed). Empty when all is well."""
        computed = {name: int(column[0]) for name, column in amounts_of(self.slips).items()}
        return {
            name: (getattr(slip, name), amount) for name, amount in computed.items() if getattr(slip, name) != amount
        }


def replay(slip: Payslip) -> Replay:
    """Compute a payslip again by the editions it names; give it with `run__tax_policy`."""
    run = slip.run
    policies: tuple[Any, ...] = ()
    if slip.policy_id is not None:
        policies = (terms_by_key(slip.policy_id, run.month.first_day),)
    if run.tax_policy is None:
        raise PolicyError(str(run), "the run was never computed")
    inputs = calculation_inputs(from_json_rows([slip.inputs]), run.month, run.tax_month)
    return Replay(inputs, compute_payslips(inputs, rules_for(book_of_tax(run.tax_policy), run, policies)))
