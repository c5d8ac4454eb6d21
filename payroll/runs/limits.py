"""The client's own limit for changes of a net wage, from a month on."""

from typing import Any

from django.db import transaction

from agency.audit import record
from agency.periods import Period
from clients.models import ClientEnterprise
from payroll.models import CheckLimit

# Holds for clients that have set none; the design's own figure.
USUAL_PERCENT = 20


def change_percent(client_id: int, period: Period) -> int:
    """Return by how many per cent a net wage may differ from the three months before without a look."""
    found = CheckLimit.objects.valid_in(period).filter(client=client_id).order_by("-valid_from").first()
    return found.change_percent if found else USUAL_PERCENT


def set_limit(client: ClientEnterprise, since: Period, percent: int, by: Any) -> CheckLimit:
    """Let a limit hold from the first day of a month; later ones are replaced, the one before ends."""
    start = since.first_day
    with transaction.atomic():
        ClientEnterprise.objects.select_for_update(of=("self",)).get(pk=client.pk)
        rows = CheckLimit.objects.filter(client=client)
        rows.filter(valid_from__gte=start).delete()
        rows.valid_on(start).update(valid_to=start)
        limit = CheckLimit.objects.create(client=client, valid_from=start, change_percent=percent)
        record("payroll.check_limit.changed", subject=limit, actor=by, percent=percent, since=str(since))
    return limit
