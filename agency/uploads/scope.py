"""Whoever uploaded a table sees it; head office sees all of them."""

from datetime import date
from typing import TYPE_CHECKING

from agency.permissions import scope_of

from .models import Upload, UploadQuerySet

if TYPE_CHECKING:
    from agency.staff.models import StaffMember


@scope_of(Upload)
def own_uploads(staff: "StaffMember", uploads: UploadQuerySet, on: date) -> UploadQuerySet:
    """Limit uploads to those the person made."""
    return uploads.filter(uploaded_by=staff)
