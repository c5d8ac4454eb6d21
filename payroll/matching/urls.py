from django.urls import path

from agency.uploads.urls import upload_urls

from . import keep_views, views
from .importing import BUREAU_UPLOAD

urlpatterns = [
    path("match/", views.matches, name="matches"),
    path("match/<int:pk>/", views.client_match, name="match"),
    path("match/<int:pk>/risk/", views.match_risk, name="match_risk"),
    path("bureau/<int:pk>/layout/", keep_views.bureau_layout_keep, name="bureau_layout_keep"),
    *upload_urls(BUREAU_UPLOAD, "bureau/"),
]
