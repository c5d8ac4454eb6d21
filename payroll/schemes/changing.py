"""Change a client's pay scheme from a month on; what was valid before stays as it was."""

from typing import Any

from django.db import transaction

from agency.audit import record
from agency.periods import Period
from clients.models import ClientEnterprise
from payroll.models import PayScheme


def change_scheme(client: ClientEnterprise, since: Period, values: dict[str, Any], by: Any) -> PayScheme:
    """Let a scheme hold from the first day of a month; later ones are replaced, the one before ends."""
    start = since.first_day
    with transaction.atomic():
        ClientEnterprise.objects.select_for_update(of=("self",)).get(pk=client.pk)
        rows = PayScheme.objects.filter(client=client)
        rows.filter(valid_from__gte=start).delete()
        rows.valid_on(start).update(valid_to=start)
        scheme = PayScheme.objects.create(client=client, valid_from=start, **values)
        record("payroll.scheme.changed", subject=scheme, actor=by, since=str(since))
    return scheme
