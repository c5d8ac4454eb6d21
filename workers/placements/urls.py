from django.urls import path

from . import views

urlpatterns = [
    path("<int:pk>/placements/new/", views.placement_new, name="placement_new"),
    path("placements/<int:pk>/return/", views.placement_return, name="placement_return"),
]
