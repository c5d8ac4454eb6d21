"""Workers in the search palette."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from agency.calendar import today
from agency.palette import Hit
from agency.permissions import visible
from agency.pinyin import person_search
from workers.models import Worker

from .standing import standings

MOST = 8


def find(request: HttpRequest, words: str) -> Iterator[Hit]:
    """Yield the workers who match, employed ones first, with where they are."""
    on = today()
    found = person_search(visible(request.user, Worker), words).values_list("pk", flat=True)
    employed = list(found.employed_on(on).order_by("name_pinyin", "pk")[:MOST])
    left = list(found.left_by(on).order_by("name_pinyin", "pk")[: MOST - len(employed)])
    rows = {row.pk: row for row in standings([*employed, *left], on)}
    for key in [*employed, *left]:
        row = rows[key]
        where = row.placement.client.short_name if row.placement else ""
        note = " · ".join(part for part in (where, row.worker.employee_no, row.text) if part)
        yield Hit(row.worker.name, reverse("workers:worker", kwargs={"pk": key}), note)
