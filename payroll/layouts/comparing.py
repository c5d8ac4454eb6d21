"""What a draft changes, line by line, in the words of the page."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from payroll.files.cutoff_days import INSURED
from payroll.models import FileLayout, LayoutDraft

from .bureau_forms import BureauListForm
from .forms import LayoutForm
from .lines import written_lines
from .names import bureau_field_name

LABELS = LayoutForm.base_fields | BureauListForm.base_fields


def compared(draft: LayoutDraft) -> list[tuple[str, str, str]]:
    """Return (what, before, after) of everything a draft changes; without a layout before, everything it says."""
    if draft.ends:
        return [(_("Last day in use"), "", str(draft.valid_from - dt.timedelta(days=1)))]
    before = _told(draft.purpose, draft.base.spec, draft.base.name, draft.base.provisional) if draft.base else {}
    after = _told(draft.purpose, draft.spec, draft.name, draft.provisional)
    names = [*after, *(name for name in before if name not in after)]
    return [
        (name, before.get(name, ""), after.get(name, "")) for name in names if before.get(name, "") != after.get(name)
    ]


def _told(purpose: str, spec: dict[str, Any], name: str, provisional: bool) -> dict[str, str]:
    words = {_("Name of the layout"): name, _("Still provisional"): "✓" if provisional else "—"}
    for key, value in spec.items():
        if key == "columns" and purpose == FileLayout.Purpose.BUREAU_LIST:
            words |= {bureau_field_name(column["field"]): "、".join(column["headers"]) for column in value}
        elif key == "columns":
            words |= {_("Column %(n)d") % {"n": at}: _plain(column) for at, column in enumerate(value, 1)}
        elif key in ("before", "after"):
            words[_("Lines above the data") if key == "before" else _("Lines below the data")] = written_lines(value)
        elif isinstance(value, dict):
            words |= {INSURED.get(str(part), str(part)): str(said) for part, said in value.items()}
        else:
            words[str(LABELS[key].label) if key in LABELS else key] = str(value).replace("\r\n", "CR LF")
    return words


def _plain(column: dict[str, Any]) -> str:
    said = []
    for name, value in column.items():
        text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
        said.append(text if name == "header" else f"{name}={text}")
    return " · ".join(said)
