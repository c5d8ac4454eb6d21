from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from agency.permissions import permit
from servicedesk.dashboards.charts import distribution, trend
from servicedesk.dashboards.figures import Month
from servicedesk.dashboards.first_things import first_things
from servicedesk.dashboards.heat import ROWS, heat_of
from servicedesk.dashboards.kpis import kpis
from servicedesk.dashboards.risks import client_risks
from servicedesk.scoring.views import asked_period


@permit("dashboards.team.view")
@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show who falls behind and why, everything a link to where it comes from."""
    month = Month(asked_period(request), request.user.agency)
    people = list(month.people.values())
    over = {period: sheets for period, sheets in month.sheets.items() if period.last_day < month.today}
    scored = list(month.sheets[month.scored].values()) if month.scored else []
    things, things_in_all = first_things(month)
    risks, risks_in_all = client_risks(request.user, month.on)
    timed = [person for person in people if person.talk_percent is not None]
    context = {
        "period": month.period,
        "month": month,
        "people": len(people),
        "kpis": kpis(month),
        "heat": heat_of(month, None if "all" in request.GET else ROWS),
        "things": things,
        "things_in_all": things_in_all,
        "risks": risks,
        "risks_in_all": risks_in_all,
        "scored": month.scored,
        "ranking": [(sheet.staff.name, sheet) for sheet in scored[:5]],
        "columns": distribution([sheet.total_tenths for sheet in scored]),
        "trend": trend({period: [s.total_tenths for s in sheets.values()] for period, sheets in over.items()}),
        "timed": sorted(timed, key=lambda person: (-(person.talk_percent or 0), person.name)),
    }
    return render(request, "servicedesk/dashboards/dashboard.html", context)
