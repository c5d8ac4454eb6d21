"""A bureau's list as a form: for each thing of ours the headers it may stand under."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.shell.widgets import DayInput, Switch
from payroll.files.bureau_lists import FIELDS, MOST_TITLES, NEEDED, PARTS, BureauList
from payroll.models import FileLayout

from .drafts import Proposal
from .names import bureau_field_name

BUREAU = FileLayout.Purpose.BUREAU_LIST
KEY = "bureau"
_PARTED = re.compile(r"[、,，;；\n|]+")


class BureauListForm(forms.Form):
    """A city's list from a day on."""

    city = forms.CharField(label=_("City"), max_length=20)
    titles = forms.IntegerField(label=_("Rows of titles above the headers"), min_value=0, max_value=MOST_TITLES)
    by_insurance = forms.BooleanField(label=_("A row for each insurance"), required=False, widget=Switch)
    valid_from = forms.DateField(label=_("In use from"), widget=DayInput)
    source = forms.CharField(
        label=_("Where it stands"), max_length=200, help_text=_("A list as the bureau sent it, its month and name.")
    )
    provisional = forms.BooleanField(
        label=_("Still provisional: not checked with the receiver"), required=False, widget=Switch
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, name in enumerate(FIELDS):
            field = forms.CharField(label=bureau_field_name(name), max_length=300, required=name in NEEDED)
            if place == 0:
                field.help_text = _("The headers it may have, parted by 、; the upper line of a double head first.")
            self.fields[name] = field

    @property
    def spec(self) -> dict[str, Any]:
        """Return what was typed as data."""
        given = self.cleaned_data
        columns = [(name, [text.strip() for text in _PARTED.split(given[name]) if text.strip()]) for name in FIELDS]
        spec: dict[str, Any] = {"titles": given["titles"]}
        if given["by_insurance"]:
            spec["by_insurance"] = True
        return spec | {"columns": [{"field": name, "headers": texts} for name, texts in columns if texts]}

    def proposal(self) -> Proposal:
        """Return what was typed as a proposal."""
        given = self.cleaned_data
        city = given["city"].strip().removesuffix("市")
        return Proposal(
            BUREAU, KEY, f"{city}社保名单", city, self.spec, given["valid_from"], given["source"], given["provisional"]
        )


def shown(found: BureauList) -> dict[str, Any]:
    """Return a list's layout as `BureauListForm` shows it."""
    return {
        "titles": found.titles,
        "by_insurance": found.by_insurance,
        **{name: "、".join(texts) for name, texts in found.headers.items()},
    }


def groups(form: BureauListForm) -> list[tuple[Any, list[Any]]]:
    """Return the fields of the form in two: the list as a whole, what stands where; the rare ones last."""
    whole = [name for name in form.fields if name not in FIELDS]
    usual = [name for name in FIELDS if name not in PARTS]
    return [
        (_("The list"), [form[name] for name in whole]),
        (_("What stands under which header"), [form[name] for name in usual]),
        (_("Where each insurance has columns of its own"), [form[name] for name in PARTS]),
    ]
