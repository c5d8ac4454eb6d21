from django.urls import path

from . import views

urlpatterns = [
    path("sw.js", views.app_worker, name="app_worker"),
    path("manifest.webmanifest", views.app_manifest, name="app_manifest"),
    path("talks/phone/", views.log_shell, name="log_shell"),
    path("talks/phone/people/", views.log_shell_people, name="log_shell_people"),
    path("talks/phone/state/", views.log_state, name="log_state"),
    path("talks/phone/waiting/", views.log_queue, name="log_queue"),
]
