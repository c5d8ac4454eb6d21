"""How many workers are where; answers the question that clients/enterprises/headcount.py asks."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Count, Q

from agency.periods import Period
from clients.enterprises.headcount import Headcount
from clients.models import ClientEnterprise
from workers.models import Placement


def headcounts(client_ids: Collection[int], on: dt.date) -> dict[int, Headcount]:
    """Count for each client who is there on a day, and who came and went since the month began."""
    month = Period.of(on).first_day
    there = Q(valid_to=None) | Q(valid_to__gt=on)
    rows = (
        Placement.objects.filter(client__in=client_ids, valid_from__lte=on)
        .exclude(valid_to__lt=month)
        .order_by()
        .values("client")
        .annotate(
            now=Count("pk", filter=there),
            came=Count("pk", filter=Q(valid_from__gte=month)),
            went=Count("pk", filter=Q(valid_to__gt=month, valid_to__lte=on)),
        )
    )
    return {row["client"]: Headcount(row["now"], row["came"], row["went"]) for row in rows}


def headcounts_by_site(client_id: int, on: dt.date) -> dict[int | None, int]:
    """Count the workers at each site of a client on a day; None counts those without a site."""
    rows = Placement.objects.valid_on(on).filter(client=client_id).order_by().values("site")
    return dict(rows.annotate(number=Count("pk")).values_list("site", "number"))


def number_at(client: ClientEnterprise, on: dt.date) -> int:
    """Count the workers at a client on a day."""
    return Placement.objects.valid_on(on).filter(client=client).count()
