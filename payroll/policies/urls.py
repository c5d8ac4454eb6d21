from django.urls import path

from . import views

urlpatterns = [path("policies/", views.policies, name="policies")]
