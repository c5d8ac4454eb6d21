"""Compute a stored payslip again from its own figures and rules, bit for bit, for its workings and as a proof."""

import datetime as dt
from dataclasses import dataclass

from payroll.calculation.contribution_terms import ContributionPolicy as Terms
from payroll.calculation.payslips import PayrollRules, PayslipInputs, Payslips, compute_payslips
from payroll.calculation.scheme_rules import SchemeRules
from payroll.calculation.workings import Workings, workings
from payroll.models import ContributionPolicy, Payslip
from payroll.policies.choosing import book_of_city, book_of_tax
from payroll.policies.validity import PolicyError
from payroll.runs.computing import amounts_of, rules_for

from .figures import calculation_inputs, from_json_row


@dataclass(frozen=True)
class Replay:
    """A payslip computed again: inputs and results as columns of one row, and the edition of its city's rules."""

    inputs: PayslipInputs
    slips: Payslips
    policy: ContributionPolicy | None
    rules: PayrollRules

    @property
    def workings(self) -> Workings:
        """Tell line by line how the payslip came about."""
        return workings(self.inputs, self.slips, 0, self.rules)

    def differences(self, slip: Payslip) -> dict[str, tuple[int, int]]:
        """Return what the stored payslip says otherwise: name → (stored, computed). Empty when all is well."""
        computed = {name: int(column[0]) for name, column in amounts_of(self.slips).items()}
        return {
            name: (getattr(slip, name), amount) for name, amount in computed.items() if getattr(slip, name) != amount
        }


def replay(slip: Payslip) -> Replay:
    """Compute a payslip again by the editions it names; give it with `run__tax_policy`."""
    run = slip.run
    policy = ContributionPolicy.objects.get(pk=slip.policy_id) if slip.policy_id else None
    policies = (_terms(policy, run.month.first_day, slip.inputs.get("variants", 0)),) if policy else ()
    if run.tax_policy is None:
        raise PolicyError(str(run), "the run was never computed")
    inputs = calculation_inputs(from_json_row(slip.inputs), run.month, run.tax_month, SchemeRules.from_json(run.rules))
    rules = rules_for(book_of_tax(run.tax_policy), run, policies)
    return Replay(inputs, compute_payslips(inputs, rules), policy, rules)


def _terms(policy: ContributionPolicy, day: dt.date, variants: int) -> Terms:
    book = book_of_city(policy)
    return book.on(day, book.named(variants)).policy
