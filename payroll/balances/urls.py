from django.urls import path

from . import views

urlpatterns = [
    path("openings/", views.openings, name="openings"),
    path("openings/template/", views.openings_template, name="openings_template"),
    path("openings/marked/<str:token>/", views.openings_marked, name="openings_marked"),
]
