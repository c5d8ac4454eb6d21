"""One's own score, everybody's, and the records behind each line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from agency.calendar import today
from agency.models import StaffMember
from agency.periods import Period, PeriodError
from agency.permissions import permit, visible
from servicedesk.scoring import queries
from servicedesk.scoring.card_words import rule_in_words
from servicedesk.scoring.cards import CardError, card_for
from servicedesk.scoring.evidence_words import record_state
from servicedesk.scoring.explaining import Explanation
from servicedesk.scoring.score_page import evidence_of, page_of
from servicedesk.scoring.sheet_models import ScoreLine
from servicedesk.scoring.tasks import score_period


def asked_period(request: HttpRequest) -> Period:
    """Return the month the request names, else the agency's current one."""
    try:
        return Period.parse(request.GET.get("period") or request.POST.get("period", ""))
    except PeriodError:
        return Period.of(today(request.user.agency))


@permit("scoring.own.view")
@require_GET
def my_score(request: HttpRequest) -> HttpResponse:
    return _score(request, request.user, mine=True)


@permit("scoring.all.view")
@require_GET
def score(request: HttpRequest, pk: int) -> HttpResponse:
    return _score(request, get_object_or_404(StaffMember.objects.all(), pk=pk), mine=False)


def _score(request: HttpRequest, staff: StaffMember, *, mine: bool) -> HttpResponse:
    period = asked_period(request)
    sheet = queries.latest_sheet(staff, period)
    page = page_of(sheet) if sheet else None
    context = {"staff": staff, "period": period, "page": page, "mine": mine}
    return render(request, "servicedesk/scoring/score.html", context)


@permit("scoring.line.view")
@require_GET
def score_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the records behind one line, beside the score or as a page."""
    line = get_object_or_404(visible(request.user, ScoreLine).select_related("sheet__staff"), pk=pk)
    explanation = Explanation(line, line.sheet.inputs)
    records = [{**found, "badge": record_state(found["state"])} for found in evidence_of(explanation, request.user)]
    context = {
        "line": line,
        "period": Period.parse(line.sheet.period),
        "explanation": explanation,
        "records": records,
        "unlisted": explanation.measured.get("unlisted", 0),
    }
    template = "line.html" if request.htmx else "line_page.html"
    return render(request, f"servicedesk/scoring/{template}", context)


@permit("scoring.all.view")
@require_GET
def scores(request: HttpRequest) -> HttpResponse:
    period = asked_period(request)
    before = queries.totals_before(period)
    standings = [
        (standing, standing.sheet.total_tenths - before[standing.sheet.staff_id])
        if standing.sheet.staff_id in before
        else (standing, None)
        for standing in queries.ranked(period)
    ]
    return render(request, "servicedesk/scoring/scores.html", {"period": period, "standings": standings})


@permit("scoring.run")
@require_POST
def score_run(request: HttpRequest) -> HttpResponse:
    period = asked_period(request)
    url = f"{reverse('servicedesk:scores')}?period={period}"
    started = score_period.start(by=request.user, url=url, period=str(period))
    return redirect("agency:job", pk=started.pk)


@permit("scoring.line.view")
@require_GET
def scorecard(request: HttpRequest) -> HttpResponse:
    period = asked_period(request)
    try:
        card, refusal = card_for(period), ""
    except CardError as missing:
        card, refusal = None, str(missing)
    rules = [(line, rule_in_words(line)) for line in card.lines.all()] if card else []
    context = {"period": period, "card": card, "rules": rules, "refusal": refusal}
    return render(request, "servicedesk/scoring/scorecard.html", context)
