"""Gathers the URLs of the app's rooms."""

from django.urls import include, path

app_name = "training"

urlpatterns = [
    path("", include("training.courses.urls")),
    path("", include("training.exams.urls")),
    path("", include("training.hiring.urls")),
]
