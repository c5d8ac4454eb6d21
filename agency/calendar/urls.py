from django.urls import path

from . import views

urlpatterns = [
    path("calendar/", views.own_day_list, name="own_days"),
    path("calendar/<int:pk>/clear/", views.own_day_clear, name="own_day_clear"),
]
