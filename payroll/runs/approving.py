"""Hand a run in, approve it by a second person, or send it back with a reason; then paid and archived."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import BusinessEvent
from payroll import signals
from payroll.matching.in_run import has_newer_list
from payroll.models import PayrollRun, Payslip
from payroll.payslips.checks import Level, found_in
from payroll.refusals import Refused

from .moving import move
from .states import FINAL, State


def not_looked_at(run: PayrollRun) -> QuerySet[Payslip]:
    """Return the payslips with something to look at that nobody has looked at."""
    return Payslip.objects.waiting(run)


def look_at(slip: Payslip, by: Any) -> None:
    """Say that a person has looked at a payslip's checks and found them right. Raises `Refused` when handed in.

    A payslip that could not be computed cannot be found right.
    """
    if slip.errors:
        raise Refused(_("This one could not be computed. Correct the figures, or leave the worker out."))
    if slip.attention == Level.BLOCK:
        raise Refused(
            _("This must be mended, looking is not enough: %(mend)s") % {"mend": found_in(slip.checks)[0].mend}
        )
    if not Payslip.objects.filter(pk=slip.pk, run__in=PayrollRun.objects.filter(pk=slip.run_id).open()).update(
        looked_by=by
    ):
        raise Refused(_("This run was handed in: nothing can be marked any more."))


def check_off(run: PayrollRun, by: Any) -> PayrollRun:
    """Say that a computed run has been checked through: nothing blocks it and every marked row was looked at.

    Raises `Refused` while rows cannot be computed or were not looked at, or figures are newer than the computation.
    """
    with transaction.atomic():
        run = move(run, "check", checked_at=timezone.now())
        if run.errors:
            raise Refused(_("%(n)d workers could not be computed. Correct them first.") % {"n": run.errors})
        if blocked := Payslip.objects.filter(run=run, attention=Level.BLOCK).count():
            raise Refused(_("%(n)d rows must be mended first: see the checks.") % {"n": blocked})
        if left := not_looked_at(run).count():
            raise Refused(_("Look at the %(n)d marked rows first.") % {"n": left})
        if run.is_stale:
            raise Refused(_("The attendance has changed since the wages were computed. Compute again."))
        if has_newer_list(run):
            raise Refused(_("A bureau's list came in after the wages were computed. Compute again."))
        record("payroll.run.checked", subject=run, actor=by, version=run.version)
    return run


def submit(run: PayrollRun, by: Any) -> PayrollRun:
    """Hand a checked run to the reviewer; who hands it in is its preparer. One not yet checked off is, first.

    Raises `Refused` like `check_off`.
    """
    with transaction.atomic():
        run = PayrollRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if run.state == State.COMPUTED:
            run = check_off(run, by)
        run = move(run, "submit", preparer=by, submitted_at=timezone.now(), return_reason="")
        record("payroll.run.submitted", subject=run, actor=by, net_fen=run.totals["net_fen"])
    return run


def approve(run: PayrollRun, by: Any) -> PayrollRun:
    """Approve a run that was handed in; from here its figures stand for good.

    Raises `Refused` for whoever had a hand in preparing it (the database refuses too), and when another approval
    has meanwhile moved a worker's tax year: the run must be computed again.
    """
    if by.pk in {run.preparer_id, run.imported_by_id, run.computed_by_id} or _had_a_hand_in(run, by):
        raise Refused(_("You prepared this run yourself: a colleague must approve it."))
    with transaction.atomic():
        _one_approval_at_a_time(run)
        run = move(run, "approve", approver=by, approved_at=timezone.now())
        _must_fit_the_tax_year(run)
        record("payroll.run.approved", subject=run, actor=by, net_fen=run.totals["net_fen"])
        signals.run_approved.send(sender=PayrollRun, run=run)
    return run


def return_run(run: PayrollRun, by: Any, reason: str) -> PayrollRun:
    """Send a run back to its preparer. Raises `Refused` without a reason."""
    if not reason.strip():
        raise Refused(_("Say what has to change: one sentence is enough."))
    with transaction.atomic():
        run = move(run, "return", return_reason=reason.strip()[:400])
        record("payroll.run.returned", subject=run, actor=by, reason=run.return_reason)
        signals.run_returned.send(sender=PayrollRun, run=run)
    return run


def mark_paid(run: PayrollRun, by: Any) -> PayrollRun:
    """Write down that the wages of an approved run have gone out."""
    with transaction.atomic():
        run = move(run, "pay", paid_at=timezone.now())
        record("payroll.run.paid", subject=run, actor=by, net_fen=run.totals["net_fen"])
    return run


def archive(run: PayrollRun, by: Any) -> PayrollRun:
    """Close a paid run for good."""
    with transaction.atomic():
        run = move(run, "archive", archived_at=timezone.now())
        record("payroll.run.archived", subject=run, actor=by)
    return run


def _had_a_hand_in(run: PayrollRun, by: Any) -> bool:
    """Whoever changed a figure earlier prepared it too, even when somebody else was the last to do so."""
    prepared = ("payroll.attendance.imported", "payroll.input.changed", "payroll.run.computed", "payroll.run.submitted")
    events = BusinessEvent.objects.filter(subject_type=run._meta.label_lower, subject_id=run.pk, name__in=prepared)
    return events.filter(actor_id_at_the_time=by.pk).exists()


def _one_approval_at_a_time(run: PayrollRun) -> None:
    """Two approvals of one tax year wait for each other: each must see what the other has added to it."""
    with connection.cursor() as cursor:
        key = f"payroll.approve:{run.agency_id}:{run.tax_month.year}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _must_fit_the_tax_year(run: PayrollRun) -> None:
    """The cumulative tax holds only while no other final payslip of these workers came between or after."""
    others = Payslip.objects.filter(run__state__in=FINAL).of_tax_year(run.tax_month.year).exclude(run=run)
    same = others.filter(worker=OuterRef("worker"))
    came_between = Q(run__approved_at__gt=run.computed_at) | Q(tax_month__gt=run.tax_month.month)
    if Payslip.objects.filter(Exists(same.filter(came_between)), run=run).exists():
        raise Refused(
            _("Another approved run has changed the tax year of a worker in this one. Return it and compute again.")
        )
