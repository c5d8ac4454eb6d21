"""Compute a run: gather columns, one call of the calculation, check, and store, in one transaction."""

from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from agency.columnar import NULL
from agency.money import Column
from payroll import signals
from payroll.calculation.items import ItemError, Source
from payroll.calculation.payslips import PayrollRules, Payslips, compute_payslips
from payroll.matching.in_run import RunGaps, gaps_in
from payroll.models import PayrollInput, PayrollRun, TaxPolicy
from payroll.payslips.checks import Situation, run_checks
from payroll.payslips.figure_texts import FigureTexts
from payroll.payslips.figures import INSURED, NO_TERMS, NOT_INSURED, calculation_inputs
from payroll.policies.books import MONTHLY, YEARLY, TaxBook
from payroll.policies.choosing import tax_on
from payroll.policies.validity import PolicyError
from payroll.refusals import Refused
from payroll.schemes.advances import keep_repayments
from payroll.schemes.formula_words import words_of

from .bonus_choice import weigh
from .gathering import Gathered, gather, year_begins_here
from .moving import move
from .roll import places_of
from .storing import Table, store
from .summing import amounts_of, summarise
from .unpaid import keep_moved


def compute(run: PayrollRun, by: Any) -> PayrollRun:
    """Compute all payslips of an open run, replacing drafts; a worker whose figures are impossible gets a code.

    Two computations at once wait for each other. Raises `Refused` when nothing was imported or no tax rules are
    known, `WrongState` when the run was handed in.
    """
    with transaction.atomic():
        _must_have_inputs(run)
        tax_row, tax_book = _tax(run)
        run = move(run, "compute", computed_by=by, computed_at=timezone.now(), version=F("version") + 1)
        gathered = _gathered(run)
        rules = _rules(run, tax_book, gathered)
        if run.kind == PayrollRun.Kind.BONUS:
            weigh(run, gathered.figures, rules, gathered.rules)
        slips = compute_payslips(calculation_inputs(gathered.figures, run.month, run.tax_month, gathered.rules), rules)
        gaps = gaps_in(run, gathered.roll.worker_id, slips)
        situation = _situation(run, gathered, slips, gaps)
        checks, attention = run_checks(situation)
        amounts = amounts_of(slips)
        extra = {"checks": checks, "attention": attention}
        store(run, _table(run, gathered, amounts | extra))
        _keep_advances(run, gathered, slips)
        keep_moved(run, gathered.roll.worker_id, slips, gathered.scheme)
        run.totals = {"match": gaps.totals}
        summarise(run, tax_row, gathered, slips, amounts, (checks, attention))
        record("payroll.run.computed", subject=run, actor=by, version=run.version, workers=run.headcount)
        signals.run_computed.send(sender=PayrollRun, run=run)
    return run


def rules_for(tax_book: TaxBook, run: PayrollRun, policies: tuple[Any, ...]) -> PayrollRules:
    """Return the rules of a run: tax as on the day of payment, contributions as given."""
    day = run.pay_date
    try:
        monthly = tax_book.table(MONTHLY, day)
    except PolicyError:
        monthly = None
    costs = tax_book.remuneration_costs(day).rate_millionths
    return PayrollRules(tax_book.table(YEARLY, day), tax_book.basic_deduction(day), policies, monthly, costs)


def _must_have_inputs(run: PayrollRun) -> None:
    if not PayrollInput.objects.filter(run=run).exists():
        raise Refused(_("There is no attendance yet. Import the client's sheet first."))


def _gathered(run: PayrollRun) -> Gathered:
    try:
        return gather(run)
    except ItemError as error:
        what = {"name": error.name, "what": words_of(error.why)}
        raise Refused(_("Pay item “%(name)s”: %(what)s") % what) from None


def _tax(run: PayrollRun) -> tuple[TaxPolicy, TaxBook]:
    try:
        return tax_on(run.pay_date)
    except PolicyError:
        raise Refused(_("No tax rules are known for the pay day. Ask the administrator to install them.")) from None


def _rules(run: PayrollRun, tax_book: TaxBook, gathered: Gathered) -> PayrollRules:
    return rules_for(tax_book, run, tuple(choice.terms for choice in gathered.choices))


def _situation(run: PayrollRun, gathered: Gathered, slips: Payslips, gaps: RunGaps) -> Situation:
    facts, roll = gathered.facts, gathered.roll
    return Situation(
        figures=gathered.figures,
        slips=slips,
        regular=run.kind == PayrollRun.Kind.REGULAR,
        had_bonus=gathered.had_bonus,
        has_input=gathered.has_input,
        has_account=facts.with_account,
        has_contract=facts.with_contract,
        no_identity=facts.without_identity,
        shared_account=facts.sharing_account,
        same_name=roll.namesakes,
        elsewhere=roll.elsewhere,
        moved=roll.moved,
        new=roll.is_new,
        left=roll.is_leaving,
        year_begins_here=year_begins_here(gathered.figures),
        minimum_wage_fen=gathered.scheme.minimum_wage_fen or 0,
        change_percent=facts.change_percent,
        mean_net_fen=facts.mean_net_fen,
        has_mean=facts.has_mean,
        gaps=gaps.found,
    )


def _table(run: PayrollRun, gathered: Gathered, numbers: dict[str, Column]) -> Table:
    """Return the columns that `store` writes."""
    roll, figures = gathered.roll, gathered.figures
    policies = np.array([*(choice.row.pk for choice in gathered.choices), NULL, NULL], dtype=np.int64)
    known = len(gathered.choices)
    told = figures | {
        "policy": np.select(
            [figures["policy"] < 0, figures["policy"] < known], [NOT_INSURED, INSURED], default=NO_TERMS
        )
    }
    same = {"tax_year": run.tax_month.year, "tax_month": run.tax_month.month}
    numbers = numbers | {name: np.full(len(roll), value, dtype=np.int64) for name, value in same.items()}
    numbers |= {
        "months_here": np.maximum(figures["months_here"], 0),
        "policy_id": policies[figures["policy"]],
        "previous_net_fen": gathered.previous_net,
    }
    return Table(roll.worker_id, numbers, *places_of(roll), FigureTexts.of(told))


def _keep_advances(run: PayrollRun, gathered: Gathered, slips: Payslips) -> None:
    """Keep what was held back of advances, so that the next month goes on from there."""
    columns = [slips.deductions_fen[item.key] for item in gathered.rules.items if item.source == Source.ADVANCE]
    if not columns and not any(item["source"] == Source.ADVANCE for item in run.rules.get("items", ())):
        return
    taken = sum(columns, np.zeros(len(slips), dtype=np.int64))
    rows = np.flatnonzero(taken).tolist()
    keep_repayments(run, {int(gathered.roll.worker_id[row]): int(taken[row]) for row in rows})
