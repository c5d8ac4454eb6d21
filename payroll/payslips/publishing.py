"""Publish an approved run's payslips, at once or at a set hour: from then on, and never before, the links open."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from payroll import signals
from payroll.models import PayrollRun
from payroll.refusals import Refused


def publish(run: PayrollRun, by: Any) -> PayrollRun:
    """Publish once; a second click changes nothing. Raises `Refused` before the run is approved."""
    with transaction.atomic():
        waiting = PayrollRun.objects.final().filter(pk=run.pk, published_at=None)
        if waiting.update(published_at=timezone.now(), published_by=by):
            run.refresh_from_db()
            record("payroll.payslips.published", subject=run, actor=by, workers=run.headcount)
            signals.payslips_published.send(sender=PayrollRun, run=run)
            return run
    run.refresh_from_db()
    if run.published_at is None:
        raise Refused(_("Payslips are published after the run is approved."))
    return run


def schedule(run: PayrollRun, at: dt.datetime, by: Any) -> PayrollRun:
    """Set the hour at which the payslips go out by themselves; a later call moves it.

    Raises `Refused` before approval, after publication, and for an hour that has passed.
    """
    if at <= timezone.now():
        raise Refused(_("That hour has passed. Choose a later one, or publish now."))
    with transaction.atomic():
        waiting = PayrollRun.objects.final().filter(pk=run.pk, published_at=None)
        if not waiting.update(publish_at=at, published_by=by):
            raise Refused(_("Only payslips of an approved run that are not out yet can be scheduled."))
        run.refresh_from_db()
        record("payroll.payslips.scheduled", subject=run, actor=by, at=at.isoformat())
    return run


def recall(run: PayrollRun, by: Any) -> PayrollRun:
    """Take a set hour back before it has come. Raises `Refused` when it has, or none was set."""
    with transaction.atomic():
        set_ahead = PayrollRun.objects.filter(pk=run.pk, published_at=None, publish_at__gt=timezone.now())
        if not set_ahead.update(publish_at=None, published_by=None):
            raise Refused(_("There is nothing to take back: the payslips are out, or no hour was set."))
        run.refresh_from_db()
        record("payroll.payslips.recalled", subject=run, actor=by)
    return run


def publish_due() -> int:
    """Publish every run of the active agency whose hour has come; return how many. Safe to run again."""
    due = PayrollRun.objects.final().filter(published_at=None, publish_at__lte=timezone.now())
    runs = list(due.select_related("client", "published_by"))
    for run in runs:
        publish(run, run.published_by)
    return len(runs)
