"""A client begins and ends."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agency.audit import record
from clients.models import Assignment, ClientEnterprise, DispatchAgreement

from .headcount import headcounts

COLOURS = 5


def take_on(client: ClientEnterprise) -> ClientEnterprise:
    """Enter a new client with the identity colour the fewest clients wear."""
    worn = list(ClientEnterprise.objects.served().values_list("colour", flat=True))
    client.colour = min(range(1, COLOURS + 1), key=worn.count)
    client.save()
    record("clients.client.taken_on", subject=client)
    return client


def part_from(client: ClientEnterprise, last_day: dt.date) -> ClientEnterprise:
    """End the service of a client after its last day; agreements and assignments end with it.

    Raises `ValidationError` while workers are still placed there on that day.
    """
    there = headcounts([client.pk], last_day).get(client.pk)
    if there and there.now:
        raise ValidationError(
            _("%(count)d workers are still at %(client)s on that day. Return or place them elsewhere first.")
            % {"count": there.now, "client": client.short_name}
        )
    end = last_day + dt.timedelta(days=1)
    client.ended_on = end
    client.save(update_fields=["ended_on"])
    for rows in (DispatchAgreement.objects, Assignment.objects):
        for row in rows.filter(client=client, valid_from__lt=end).exclude(valid_to__lte=end):
            row.valid_to = end
            row.save(update_fields=["valid_to"])
    record("clients.client.parted", subject=client, last_day=str(last_day))
    return client
