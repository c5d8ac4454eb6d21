from agency.periods import Period
from servicedesk.models import ScoreSheet
from servicedesk.scoring.computing import compute_sheet
from tests.isolation.row import Row

OCTOBER = Period(2026, 10)


def colleague(company):
    return {"pk": company.colleague.pk}


def line(company):
    """A line of the asking person's own sheet: specialists see no other."""
    compute_sheet(company.visitor, OCTOBER)
    return {"pk": ScoreSheet.objects.get(staff=company.visitor).lines.first().pk}


ROWS = {
    "servicedesk:my_score": Row(),
    "servicedesk:scores": Row(),
    "servicedesk:score": Row(colleague),
    "servicedesk:score_run": Row(method="post", data=lambda c: {"period": "2026-10"}),
    "servicedesk:score_line": Row(line),
    "servicedesk:scorecard": Row(),
    "servicedesk:dashboard": Row(),
}
