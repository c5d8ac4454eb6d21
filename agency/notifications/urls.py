from django.urls import path

from . import views

urlpatterns = [
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/bell/", views.bell, name="bell"),
    path("notifications/read/", views.read_all, name="notifications_read"),
    path("notifications/<int:pk>/open/", views.open_notification, name="notification_open"),
]
