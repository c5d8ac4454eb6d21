"""What a draft changes, line by line, in the words of the page."""

from typing import Any

from django.utils.translation import gettext as _

from payroll.files.cutoff_days import INSURED
from payroll.models import LayoutDraft

from .forms import LayoutForm
from .lines import written_lines


def compared(draft: LayoutDraft) -> list[tuple[str, str, str]]:
    """Return (what, before, after) of everything a draft changes; without a layout before, everything it says."""
    before = _told(draft.base.spec, draft.base.name, draft.base.provisional) if draft.base else {}
    after = _told(draft.spec, draft.name, draft.provisional)
    names = [*after, *(name for name in before if name not in after)]
    return [
        (name, before.get(name, ""), after.get(name, "")) for name in names if before.get(name, "") != after.get(name)
    ]


def _told(spec: dict[str, Any], name: str, provisional: bool) -> dict[str, str]:
    words = {_("Name of the layout"): name, _("Still provisional"): "✓" if provisional else "—"}
    for key, value in spec.items():
        if key == "columns":
            words |= {_("Column %(n)d") % {"n": at}: _plain(column) for at, column in enumerate(value, 1)}
        elif key in ("before", "after"):
            words[_("Lines above the data") if key == "before" else _("Lines below the data")] = written_lines(value)
        elif isinstance(value, dict):
            words |= {INSURED.get(str(part), str(part)): str(said) for part, said in value.items()}
        else:
            words[str(LayoutForm.base_fields[key].label) if key in LayoutForm.base_fields else key] = str(
                value
            ).replace("\r\n", "CR LF")
    return words


def _plain(column: dict[str, Any]) -> str:
    said = []
    for name, value in column.items():
        text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
        said.append(text if name == "header" else f"{name}={text}")
    return " · ".join(said)
