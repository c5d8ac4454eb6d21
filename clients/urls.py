"""Gathers the URLs of the app's rooms."""

from django.urls import include, path

app_name = "clients"

urlpatterns = [
    path("", include("clients.enterprises.urls")),
    path("", include("clients.contacts.urls")),
    path("", include("clients.agreements.urls")),
    path("", include("clients.assignments.urls")),
]
