"""Gathers the URLs of the app's rooms."""

from servicedesk.cases.urls import urlpatterns as cases
from servicedesk.communication.urls import urlpatterns as communication
from servicedesk.dashboards.urls import urlpatterns as dashboards
from servicedesk.evidence.urls import urlpatterns as evidence
from servicedesk.forms.urls import urlpatterns as forms
from servicedesk.phone.urls import urlpatterns as phone
from servicedesk.review.urls import urlpatterns as review
from servicedesk.scoring.urls import urlpatterns as scoring
from servicedesk.workflow.urls import urlpatterns as workflow

app_name = "servicedesk"

urlpatterns = [
    *cases,
    *communication,
    *dashboards,
    *evidence,
    *forms,
    *phone,
    *review,
    *scoring,
    *workflow,
]
