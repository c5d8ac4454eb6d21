from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/assignments/", views.assignments, name="assignments"),
    path("<int:pk>/assignments/new/", views.assignment_new, name="assignment_new"),
    path("assignments/<int:pk>/end/", views.assignment_end, name="assignment_end"),
]
