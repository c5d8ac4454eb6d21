"""What is agreed on while a run is open makes its figures old: it asks to be computed again before it is handed in."""

from django.utils import timezone

from agency.periods import Period
from payroll.models import PayrollRun
from payroll.runs.states import OPEN


def outdate_open_runs(client_id: int, since: Period) -> None:
    """Let a client's open runs from a month on ask for another computation."""
    rows = PayrollRun.objects.filter(client=client_id, period__gte=str(since), state__in=OPEN)
    rows.filter(computed_at__isnull=False).update(changed_at=timezone.now())
