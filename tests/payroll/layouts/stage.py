"""Layouts and drafts as far as a test needs them."""

import copy
import datetime as dt
from typing import Any

from payroll.files.installing import ensure_layouts
from payroll.layouts.drafts import Proposal, approve, propose
from payroll.models import FileLayout, LayoutDraft
from tests.cast import Company

DECEMBER = dt.date(2026, 12, 1)


def shipped(key: str = "ccb") -> FileLayout:
    ensure_layouts()
    return FileLayout.objects.get(key=key, valid_to=None)


def shipped_list(city: str = "苏州") -> FileLayout:
    ensure_layouts()
    return FileLayout.objects.get(purpose=FileLayout.Purpose.BUREAU_LIST, city=city, valid_to=None)


def wanted(key: str = "ccb", **changes: Any) -> Proposal:
    """Return a proposal that follows a shipped layout; other keys than a proposal's own change its spec."""
    row = shipped(key)
    own = {name: changes.pop(name) for name in list(changes) if name in Proposal.__dataclass_fields__}
    values = {
        "purpose": row.purpose, "key": row.key, "name": row.name, "city": row.city,
        "spec": copy.deepcopy(row.spec) | changes, "valid_from": DECEMBER, "source": "建行代发说明 2026-11-20",
        "provisional": False,
    }  # fmt: skip
    return Proposal(**values | own)


def cutoff_draft(company: Company, city: str, days: dict[str, int], valid_from=dt.date(2026, 1, 1)) -> FileLayout:
    """Put a city's own cut-off days into use."""
    proposal = Proposal(
        "cutoff", "cutoff", f"增减员截止日 {city}", city, {"days": days}, valid_from, f"{city}社保局网站", False
    )
    return approve(propose(proposal, company.administrator), company.payroll_officer)


def draft(company: Company, key: str = "ccb", **changes: Any) -> LayoutDraft:
    return propose(wanted(key, **(changes or {"separator": "|"})), company.administrator)
