from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/insurance/new/", views.enrolment_new, name="enrolment_new"),
    path("insurance/<int:pk>/stop/", views.enrolment_stop, name="enrolment_stop"),
]
