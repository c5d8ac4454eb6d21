from django.urls import path

from . import views

urlpatterns = [
    path("overview/", views.dashboard, name="dashboard"),
]
