"""The four-way match of a client's month, and the way to the bureaus' lists."""

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from agency.calendar import today
from agency.periods import Period, PeriodError
from agency.permissions import can, permit, visible
from agency.permissions.requests import StaffRequest
from clients.enterprises.views import client_or_404
from clients.models import ClientEnterprise
from payroll.models import BureauRecord

from .gaps import Gap
from .matching import match

ROWS = 50
LABELS: dict[Gap, Promise] = {
    Gap.NOT_DECLARED: gettext_lazy("Should be insured, not declared"),
    Gap.NOT_BILLED: gettext_lazy("Declared, not billed"),
    Gap.NOT_PAID: gettext_lazy("Declared, not paid"),
    Gap.NOT_PLACED: gettext_lazy("Declared, not placed"),
    Gap.BILLED_NOT_DECLARED: gettext_lazy("Billed, not declared"),
}


def asked_period(request: StaffRequest, on: dt.date | None = None) -> Period:
    """Return the month asked for, else this one."""
    try:
        return Period.parse(request.GET.get("period", ""))
    except PeriodError:
        return Period.of(on or today())


@permit("payroll.match.view")
@require_GET
def matches(request: StaffRequest) -> HttpResponse:
    """List the clients to match in a month, and whose lists are in."""
    period = asked_period(request)
    lists = BureauRecord.objects.filter(period=str(period)).order_by("city").values_list("city", flat=True).distinct()
    context = {
        "period": period,
        "clients": visible(request.user, ClientEnterprise).order_by("name_pinyin"),
        "cities": list(lists),
        "may_import": can(request.user, "payroll.match.import"),
    }
    return render(request, "payroll/matching/matches.html", context)


@permit("payroll.match.view")
@require_GET
def client_match(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one client's match with filters, counts by kind of gap, and the money at risk."""
    on = today()
    client, period = client_or_404(request, pk), asked_period(request, on)
    one = request.GET.get("worker", "")
    found = match(client.pk, period, on, worker=int(one) if one.isdecimal() and len(one) < 19 else None)
    counts, money, asked = found.counts, found.money, request.GET.get("gap", "")
    page = Paginator(found.having(asked if asked in set(Gap) else ""), ROWS).get_page(request.GET.get("page"))
    page.object_list = [(row, [LABELS[gap] for gap in row.gaps]) for row in found.some(page.object_list)]
    context = {
        "client": client,
        "period": period,
        "found": found,
        "one": one,
        "gaps": [("", _("All"), len(found.order)), *((gap.value, LABELS[gap], counts[gap]) for gap in Gap)],
        "money": [(LABELS[gap], counts[gap], money[gap]) for gap in Gap if counts[gap]],
        "page_obj": page,
        "may_import": can(request.user, "payroll.match.import"),
    }
    return render(request, "payroll/matching/match.html", context)


@permit("payroll.match.view")
@require_GET
def match_risk(request: StaffRequest, pk: int) -> HttpResponse:
    """Tell in a word how one client's match stands; the list asks for it client by client as it comes into sight."""
    on = today()
    client, period = client_or_404(request, pk), asked_period(request, on)
    found = match(client.pk, period, on)
    return render(request, "payroll/matching/risk.html", {"found": found})
