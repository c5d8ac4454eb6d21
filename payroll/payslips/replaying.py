"""Compute a stored payslip again from its own figures and rules, bit for bit, for its workings and as a proof."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from payroll.calculation.contribution_terms import ContributionPolicy as Terms
from payroll.calculation.payslips import PayrollRules, PayslipInputs, Payslips, compute_payslips
from payroll.calculation.scheme_rules import SchemeRules
from payroll.calculation.workings import Workings, workings
from payroll.models import ContributionPolicy, PayrollRun, Payslip
from payroll.policies.choosing import book_of_city, book_of_tax
from payroll.policies.validity import PolicyError
from payroll.runs.computing import rules_for
from payroll.runs.summing import amounts_of

from .figures import INSURED, NO_TERMS, calculation_inputs, from_json_row, whole


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


def recompute(run: PayrollRun, rows: Sequence[tuple[int | None, Mapping[str, Any]]]) -> Payslips:
    """Compute many payslips of a run again in one call; each is given by its edition's key and its stored figures."""
    figures = _together([whole(inputs) for _policy, inputs in rows])
    keys = [(policy, inputs.get("variants", 0)) if policy else None for policy, inputs in rows]
    known = sorted({key for key in keys if key is not None})
    editions = ContributionPolicy.objects.in_bulk({policy for policy, _variants in known})
    policies = tuple(_terms(editions[policy], run.month.first_day, variants) for policy, variants in known)
    at = {key: place for place, key in enumerate(known)}
    of_row = np.array([at[key] if key is not None else len(known) for key in keys], dtype=np.int64)
    figures["policy"] = np.select(
        [figures["policy"] == INSURED, figures["policy"] == NO_TERMS], [of_row, len(known)], figures["policy"]
    )
    if run.tax_policy is None:
        raise PolicyError(str(run), "the run was never computed")
    inputs = calculation_inputs(figures, run.month, run.tax_month, SchemeRules.from_json(run.rules))
    return compute_payslips(inputs, rules_for(book_of_tax(run.tax_policy), run, policies))


def _together(rows: list[dict[str, int]]) -> dict[str, Any]:
    names = {name for row in rows for name in row}
    return {name: np.array([row.get(name, 0) for row in rows], dtype=np.int64) for name in names}


def _terms(policy: ContributionPolicy, day: dt.date, variants: int) -> Terms:
    book = book_of_city(policy)
    return book.on(day, book.named(variants)).policy
