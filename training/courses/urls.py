from django.urls import path

from . import managing, views

urlpatterns = [
    path("", views.courses, name="courses"),
    path("mine/", views.mine, name="mine"),
    path("courses/", managing.course_list, name="course_list"),
    path("courses/new/", managing.course_new, name="course_new"),
    path("courses/<int:pk>/edit/", managing.course_edit, name="course_edit"),
    path("sessions/new/", managing.session_new, name="session_new"),
    path("sessions/<int:pk>/", views.session, name="session"),
    path("sessions/<int:pk>/edit/", managing.session_edit, name="session_edit"),
    path("attendances/<int:pk>/", views.attendance_mark, name="attendance_mark"),
]
