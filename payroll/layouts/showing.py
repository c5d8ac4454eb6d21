"""Where a kind of draft is listed, and what its page shows beside the changes."""

from typing import Any

from django.urls import reverse

from payroll.files.layouts import LayoutError, read_layout
from payroll.models import FileLayout, LayoutDraft

from .invented import preview

Purpose = FileLayout.Purpose
PAGES = {Purpose.CUTOFF: "payroll:cutoffs"}


def page_of(purpose: str) -> str:
    """Return the address of the list a draft belongs to."""
    return reverse(PAGES.get(Purpose(purpose), "payroll:file_layouts"))


def shown_draft(draft: LayoutDraft) -> dict[str, Any]:
    """Return the preview of a draft that is a file."""
    if draft.purpose in PAGES:
        return {}
    try:
        return {"shown": preview(read_layout(draft.spec))}
    except LayoutError:
        return {}
