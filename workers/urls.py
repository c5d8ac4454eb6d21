"""Gathers the URLs of the app's rooms."""

from django.urls import include, path

app_name = "workers"

urlpatterns = [
    path("", include("workers.imports.urls")),
    path("", include("workers.people.urls")),
    path("", include("workers.contracts.urls")),
    path("", include("workers.placements.urls")),
    path("", include("workers.insurance.urls")),
]
