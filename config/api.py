"""The API: it stores nothing, is for people who are signed in, under the permissions of the pages."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from agency.permissions.api import SignedIn
from agency.permissions.doors import SIGNED_IN
from clients.enterprises.api import ClientViewSet
from payroll.trial.api import ContributionsTrial, PayrollTrial
from workers.people.api import WorkerViewSet


class Schema(SpectacularAPIView):
    """The description of the API (OpenAPI 3)."""

    permission = SIGNED_IN
    permission_classes = [SignedIn]


router = SimpleRouter()
router.register("clients", ClientViewSet, "clients")
router.register("workers", WorkerViewSet, "workers")

app_name = "api"

urlpatterns = [
    path("schema/", Schema.as_view(), name="schema"),
    path("trial/payroll/", PayrollTrial.as_view(), name="trial_payroll"),
    path("trial/contributions/", ContributionsTrial.as_view(), name="trial_contributions"),
    *router.urls,
]
