"""Gathers the URLs of the app's rooms."""

from servicedesk.forms.urls import urlpatterns as forms
from servicedesk.review.urls import urlpatterns as review

app_name = "servicedesk"

urlpatterns = [
    *forms,
    *review,
]
