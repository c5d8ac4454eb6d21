"""Publish an approved run's payslips: from then on, and never before, the workers' links open."""

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
