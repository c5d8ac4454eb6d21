"""Gathers the URLs of the app's rooms."""

from django.urls import include, path

app_name = "payroll"

urlpatterns = [
    path("", include("payroll.runs.urls")),
    path("", include("payroll.payslips.urls")),
    path("", include("payroll.files.urls")),
    path("", include("payroll.layouts.urls")),
    path("", include("payroll.settlement.urls")),
    path("", include("payroll.matching.urls")),
    path("", include("payroll.policies.urls")),
    path("", include("payroll.schemes.urls")),
    path("", include("payroll.trial.urls")),
    path("", include("payroll.balances.urls")),
    path("", include("payroll.declarations.urls")),
]
