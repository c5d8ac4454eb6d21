"""Head office reads what asks for a second look, and has it looked for again."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from agency.permissions import can, permit
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import toast
from servicedesk.review.views import asked_period

from . import queries
from .models import EvidenceLimits, EvidenceSignal
from .tasks import look_for_signs

PER_PAGE = 30
LOOK = "review.spot_check.draw"


@permit(queries.VIEW)
@require_GET
def signs(request: StaffRequest) -> HttpResponse:
    """List a month's records with signs."""
    period = asked_period(request)
    kind = request.GET.get("kind", "")
    kind = kind if kind in EvidenceSignal.Kind.values else ""
    counts = queries.counts_by_kind(request.user, period)
    logs = queries.signed_logs(request.user, period, kind)
    page = Paginator(logs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "period": period,
        "page_obj": page,
        "rows": [(log, queries.explained(log.signals.all())) for log in page],
        "choices": [("", _("All"), page.paginator.count if not kind else ""), *_kinds(counts)],
        "limits": EvidenceLimits.objects.filter(period=str(period)).defer("common").first(),
        "may_look": can(request.user, LOOK),
    }
    return render(request, "servicedesk/evidence/signs.html", context)


@permit(LOOK)
@require_POST
def signs_look(request: StaffRequest) -> HttpResponse:
    """Have a month looked through now."""
    period = asked_period(request)
    look_for_signs.start(by=request.user, period=str(period))
    toast(request, _("The records are being looked through."))
    return redirect(f"{request.path.removesuffix('look/')}?period={period}")


def _kinds(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    return [(value, label, counts[value]) for value, label in EvidenceSignal.Kind.choices if counts.get(value)]
