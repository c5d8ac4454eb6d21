"""Facts of the apps below close tasks: payroll and the roster announce, and know nothing of a plan."""

from typing import Any

from django.dispatch import receiver

from agency.periods import Period
from clients.models import ClientEnterprise
from payroll import signals as payroll
from servicedesk.workflow.evidence import offer
from servicedesk.workflow.template_models import EvidenceKind
from workers.signals import roster_imported


@receiver(roster_imported, dispatch_uid="workflow.roster")
def close_roster(sender: Any, *, client: ClientEnterprise, period: Period, **kwargs: Any) -> None:
    offer(EvidenceKind.ROSTER_IMPORTED, client=client, period=period, ref=f"roster:{period}")


@receiver(payroll.run_computed, dispatch_uid="workflow.computed")
def close_computing(sender: Any, *, run: Any, **kwargs: Any) -> None:
    _offer(EvidenceKind.PAYROLL_COMPUTED, run)


@receiver(payroll.run_approved, dispatch_uid="workflow.approved")
def close_approval(sender: Any, *, run: Any, **kwargs: Any) -> None:
    _offer(EvidenceKind.PAYROLL_APPROVED, run)


@receiver(payroll.payslips_published, dispatch_uid="workflow.published")
def close_payslips(sender: Any, *, run: Any, **kwargs: Any) -> None:
    _offer(EvidenceKind.PAYROLL_PUBLISHED, run)


def _offer(kind: str, run: Any) -> None:
    """Only the month's regular run closes its steps: a bonus or a correction beside it says nothing of it."""
    if run.tag:
        return
    offer(kind, client=run.client, period=run.period, ref=f"run:{run.pk}")
