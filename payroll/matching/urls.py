from django.urls import path

from agency.uploads.urls import upload_urls

from . import views
from .importing import BUREAU_UPLOAD

urlpatterns = [
    path("match/", views.matches, name="matches"),
    path("match/<int:pk>/", views.client_match, name="match"),
    *upload_urls(BUREAU_UPLOAD, "bureau/"),
]
