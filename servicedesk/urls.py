"""Gathers the URLs of the app's rooms."""

from servicedesk.communication.urls import urlpatterns as communication
from servicedesk.forms.urls import urlpatterns as forms
from servicedesk.review.urls import urlpatterns as review
from servicedesk.workflow.urls import urlpatterns as workflow

app_name = "servicedesk"

urlpatterns = [
    *communication,
    *forms,
    *review,
    *workflow,
]
