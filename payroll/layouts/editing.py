"""From a layout to its form and back to a proposal."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from agency.calendar import today
from agency.periods import Period
from payroll.files.layouts import LayoutError
from payroll.models import FileLayout

from .drafts import Proposal
from .forms import BaseColumns, ColumnFormSet, LayoutForm, shown_columns, shown_spec


def forms_for(row: FileLayout, is_copy: bool, data: Any = None) -> tuple[LayoutForm, BaseColumns]:
    """Return the form of a layout and that of its columns, filled from `data` when it was sent."""
    initial = shown_spec(row) | {"valid_from": _first_day(row, is_copy)}
    if is_copy:
        initial |= {"key": "", "source": "", "provisional": True}
    form = LayoutForm(data, initial=initial)
    if not is_copy:
        for name in ("key", "city"):
            form.fields[name].disabled = True
    columns = ColumnFormSet(data, initial=shown_columns(row), prefix="columns", form_kwargs={"purpose": row.purpose})
    return form, columns


def proposal_of(row: FileLayout, is_copy: bool, form: LayoutForm, columns: BaseColumns) -> Proposal:
    """Return what was typed as a proposal. Raises `LayoutError` for lines that cannot be read."""
    given = form.cleaned_data
    try:
        spec = form.spec(columns, row.spec)
    except ValidationError as wrong:
        raise LayoutError("; ".join(wrong.messages)) from None
    return Proposal(
        row.purpose, given["key"], given["name"], given["city"], spec, given["valid_from"], given["source"],
        given["provisional"],
    )  # fmt: skip


def _first_day(row: FileLayout, is_copy: bool) -> dt.date:
    """A layout changes with the next month, unless it begins later itself."""
    if is_copy:
        return today()
    return max(Period.of(today()).end, row.valid_from + dt.timedelta(days=1))
