"""Where a kind of draft is listed, and what its page shows beside the changes."""

from typing import Any

from django.urls import reverse

from payroll.files.bureau_lists import read_bureau_list
from payroll.files.layouts import LayoutError, read_layout
from payroll.models import FileLayout, LayoutDraft

from .invented import bureau_preview, preview

Purpose = FileLayout.Purpose
PAGES = {Purpose.CUTOFF: "payroll:cutoffs", Purpose.BUREAU_LIST: "payroll:bureau_layouts"}


def page_of(purpose: str) -> str:
    """Return the address of the list a draft belongs to."""
    return reverse(PAGES.get(Purpose(purpose), "payroll:file_layouts"))


def shown_draft(draft: LayoutDraft) -> dict[str, Any]:
    """Return the preview of a draft that is a file or a list."""
    if draft.ends:
        return {}
    try:
        if draft.purpose == Purpose.BUREAU_LIST:
            return {"shown": bureau_preview(read_bureau_list(draft.spec))}
        if draft.purpose in PAGES:
            return {}
        return {"shown": preview(read_layout(draft.spec))}
    except LayoutError:
        return {}
