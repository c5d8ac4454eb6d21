"""Bring the shipped layouts into the active agency, and find the one to use."""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from payroll.models import FileLayout
from payroll.refusals import Refused

from .verifying import verify

DATA = Path(__file__).parent / "data"
SHIPPED = DATA / "layouts.json"
OTHERS = tuple(DATA / name for name in ("cutoffs.json", "bureau_lists.json", "insurance_lists.json"))
_ROW = ("purpose", "key", "name", "city", "source", "provisional", "valid_from", "valid_to")


def ensure_layouts() -> None:
    """Install the shipped layouts an agency does not have yet; what it has changed or ended stays as it is."""
    known = set(FileLayout.objects.values_list("purpose", "key", "city"))
    missing = [row for row in shipped_layouts() if (row["purpose"], row["key"], row.get("city", "")) not in known]
    FileLayout.objects.bulk_create([FileLayout(**row) for row in missing])


@cache
def shipped_layouts() -> tuple[dict[str, Any], ...]:
    """Return the values of the shipped rows. Raises `LayoutError` for one that cannot be used."""
    return tuple(_values(given) for path in (SHIPPED, *OTHERS) for given in json.loads(path.read_text("utf-8")))


def _values(given: dict[str, Any]) -> dict[str, Any]:
    spec = {name: value for name, value in given.items() if name not in _ROW}
    verify(given["purpose"], spec)
    return {"spec": spec} | {name: given[name] for name in _ROW if given.get(name) is not None}


def layouts_for(purpose: str, on: dt.date) -> list[FileLayout]:
    """Return the layouts of a purpose in force on a day."""
    ensure_layouts()
    return list(FileLayout.objects.valid_on(on).filter(purpose=purpose).order_by("-provisional", "pk"))


def layout_for(purpose: str, on: dt.date, city: str = "") -> FileLayout:
    """Return the layout of a purpose, the city's own before the general one. Raises `Refused` when there is none."""
    ensure_layouts()
    rows = FileLayout.objects.valid_on(on).filter(purpose=purpose, city__in=("", city))
    found = rows.order_by("-city", "pk").first()
    if found is None:
        raise Refused(_("No layout for this file holds on %(day)s. Enter one first.") % {"day": on})
    return found
