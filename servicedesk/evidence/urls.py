from django.urls import path

from . import views

urlpatterns = [
    path("talks/signs/", views.signs, name="signs"),
    path("talks/signs/look/", views.signs_look, name="signs_look"),
]
