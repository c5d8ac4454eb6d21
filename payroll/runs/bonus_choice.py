"""A bonus taxed apart or merged into the year: both weighed for every worker, and the better one chosen for all."""

from typing import Any

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from agency.audit import record
from agency.money import Column
from payroll.calculation.apart import ApartKind
from payroll.calculation.bonus import bonus_traps, trap_of
from payroll.calculation.payslips import PayrollRules, compute_payslips
from payroll.calculation.scheme_rules import SchemeRules
from payroll.models import PayrollInput, PayrollRun, Payslip
from payroll.payslips.figures import Figures, calculation_inputs
from payroll.refusals import Refused

from .preparing import touch

APART, MERGED, BEST = "apart", "merged", "best"


def weigh(run: PayrollRun, figures: Figures, rules: PayrollRules, items: SchemeRules) -> None:
    """Write the tax of both ways into the figures, in fen, and for a bonus in a trap the bound below it.

    By the year so far: what later months bring is not known. Where no rule allows to tax apart on the day of payment
    (after 2027), every bonus is merged.
    """
    if rules.monthly_table is None:
        figures["apart_kind"][:] = ApartKind.NONE
        return
    figures["tax_apart_fen"][:] = _tax(run, figures, rules, items, ApartKind.BONUS)
    figures["tax_merged_fen"][:] = _tax(run, figures, rules, items, ApartKind.NONE)
    bounds = np.array([trap.best_fen for trap in bonus_traps(rules.monthly_table)] + [0], dtype=np.int64)
    figures["trap_best_fen"][:] = bounds[trap_of(figures["one_time_fen"], rules.monthly_table)]


def choose(run: PayrollRun, way: str, by: Any) -> int:
    """Tax the bonus of every worker `apart`, `merged`, or the way that takes less (`best`); return how many changed.

    Raises `Refused` when the run was handed in. The payslips follow with the next computation.
    """
    with transaction.atomic():
        run = PayrollRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if not run.is_open:
            raise Refused(_("This run was handed in. Have it returned before changing figures."))
        rows = PayrollInput.objects.filter(run=run)
        apart = rows.filter(worker__in=_better_apart(run)) if way == BEST else rows if way == APART else rows.none()
        keys = set(apart.values_list("pk", flat=True))
        changed = rows.filter(pk__in=keys, taxed_apart=False).update(taxed_apart=True)
        changed += rows.filter(taxed_apart=True).exclude(pk__in=keys).update(taxed_apart=False)
        if changed:
            touch(run)
            record("payroll.bonus.chosen", subject=run, actor=by, way=way, changed=changed)
    return changed


def _better_apart(run: PayrollRun) -> list[int]:
    told = Payslip.objects.filter(run=run).values_list("worker_id", "inputs")
    return [key for key, inputs in told if inputs.get("tax_apart_fen", 0) <= inputs.get("tax_merged_fen", 0)]


def _tax(run: PayrollRun, figures: Figures, rules: PayrollRules, items: SchemeRules, kind: ApartKind) -> Column:
    tried = figures | {"apart_kind": np.full_like(figures["apart_kind"], kind)}
    return compute_payslips(calculation_inputs(tried, run.month, run.tax_month, items), rules).tax_fen
