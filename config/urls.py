"""All doors of the product. Each app gathers its own; a view says itself who may come in."""

from django.urls import include, path
from django.views.i18n import set_language

from agency.permissions import public

urlpatterns = [
    path("", include("agency.urls")),
    path("clients/", include("clients.urls")),
    path("workers/", include("workers.urls")),
    path("payroll/", include("payroll.urls")),
    path("training/", include("training.urls")),
    path("", include("servicedesk.urls")),
    path("api/", include("config.api")),
    path("language/", public(set_language), name="set_language"),
]

handler500 = "agency.shell.errors.server_error"
