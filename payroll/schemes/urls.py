from django.urls import path

from . import views

urlpatterns = [path("schemes/<int:pk>/", views.scheme, name="scheme")]
