from django.urls import path

from . import views

urlpatterns = [
    path("progress/", views.job_list, name="jobs"),
    path("progress/<int:pk>/", views.job_progress, name="job"),
    path("progress/<int:pk>/cancel/", views.job_cancel, name="job_cancel"),
    path("progress/<int:pk>/repeat/", views.job_repeat, name="job_repeat"),
]
