"""Keep the columns of a list that was read as the layout of its city."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from agency.models import Upload
from agency.periods import Period
from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.uploads.models import State
from payroll.layouts.bureau_views import propose_list

from .importing import BUREAU_UPLOAD
from .layout import city_of


@permit("payroll.match.import")
@require_http_methods(["GET", "POST"])
def bureau_layout_keep(request: StaffRequest, pk: int) -> HttpResponse:
    """Propose the columns of an upload as its city's layout, from the month of the list on."""
    rows = visible(request.user, Upload).of_kind(BUREAU_UPLOAD.name)
    return propose_list(request, _as_read(get_object_or_404(rows.filter(state=State.CHECKED), pk=pk)))


def _as_read(upload: Upload) -> dict[str, Any]:
    """Return how a list was read: which of its headers stand for what, and the rows above them."""
    reading = upload.reading
    heads = {head["letter"]: f"{head['group']}{head['text']}" for head in reading["headers"]}
    lines = 2 if any(head["group"] for head in reading["headers"]) else 1
    return {
        "city": city_of(upload.context),
        "titles": max(reading.get("head", lines) - lines, 0),
        "by_insurance": "insurance" in reading["mapping"],
        "valid_from": Period.parse(upload.context["period"]).first_day,
        "source": upload.filename,
        "provisional": False,
        **{field: heads[letter] for field, letter in reading["mapping"].items() if letter in heads},
    }
