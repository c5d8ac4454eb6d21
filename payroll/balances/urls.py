from django.urls import path

from . import opening_views, views

urlpatterns = [
    path("workers/<int:pk>/opening/", opening_views.worker_opening, name="worker_opening"),
    path("openings/", views.openings, name="openings"),
    path("openings/template/", views.openings_template, name="openings_template"),
    path("openings/marked/<str:token>/", views.openings_marked, name="openings_marked"),
]
