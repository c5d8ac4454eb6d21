from agency.uploads.urls import upload_urls

from .kind import ROSTER_UPLOAD

urlpatterns = upload_urls(ROSTER_UPLOAD, "roster/")
