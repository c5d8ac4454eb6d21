"""A layout as a form: the file as a whole, and its columns one a row."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from agency.shell.widgets import DayInput, Switch
from payroll.files.fields import FIELDS
from payroll.files.layouts import ENCODINGS, LayoutError
from payroll.models import FileLayout

from .lines import read_lines, written_lines
from .names import FIELD_NAMES, KIND_NAMES, STYLE_NAMES

_NEWLINES = (("\r\n", "CR LF"), ("\n", "LF"))
SIDES = [("left", _("to the left")), ("right", _("to the right"))]
SPARE = 4


class LayoutForm(forms.Form):
    """What holds for the whole file; `spec()` gives it with the columns as data."""

    name = forms.CharField(label=_("Name of the layout"), max_length=40)
    key = forms.RegexField(
        r"^[a-z][a-z0-9_]*$", label=_("Code"), max_length=30, help_text=_("Small letters, digits and _.")
    )
    city = forms.CharField(label=_("City"), max_length=20, required=False, help_text=_("Empty: every city."))
    kind = forms.ChoiceField(label=_("Kind of file"), choices=list(KIND_NAMES.items()))
    encoding = forms.ChoiceField(
        label=_("Encoding"), choices=[(name, name.upper()) for name in ENCODINGS], help_text=_("Of text files only.")
    )
    separator = forms.CharField(
        label=_("Separator"), max_length=1, initial=",", strip=False, help_text=_("Of separated text only.")
    )
    header = forms.BooleanField(label=_("With a row of headers"), required=False, initial=True, widget=Switch)
    header_prefix = forms.CharField(label=_("Sign before the headers"), max_length=3, required=False)
    sheet = forms.CharField(label=_("Name of the sheet"), max_length=31, required=False)
    file_name = forms.CharField(
        label=_("Name of the file"), max_length=100, help_text=_("May hold {client}, {month}, {batch}, {count} …")
    )
    before = forms.CharField(
        label=_("Lines above the data"), required=False, widget=forms.Textarea(attrs={"rows": 3, "class": "mono"}),
        help_text=_("A line each, cells parted by “ | ”. A sum: {total_fen:money}, {total_fen:fen}, {count:integer}."),
    )  # fmt: skip
    after = forms.CharField(
        label=_("Lines below the data"), required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "mono"})
    )
    max_rows = forms.IntegerField(
        label=_("Rows a file may have"),
        min_value=0,
        initial=0,
        help_text=_("0: any number. More are split into several files."),
    )
    valid_from = forms.DateField(label=_("In use from"), widget=DayInput)
    source = forms.CharField(
        label=_("Where it stands"), max_length=200, help_text=_("The bank's or bureau's document, its date and number.")
    )
    provisional = forms.BooleanField(
        label=_("Still provisional: not checked with the receiver"), required=False, widget=Switch
    )

    def spec(self, columns: "BaseColumns", kept: dict[str, Any]) -> dict[str, Any]:
        """Return the layout as data; `kept` is the one before, for what no form shows. Raises `ValidationError`."""
        given = self.cleaned_data
        spec = {name: value for name, value in kept.items() if name == "newline"}
        spec |= {
            "kind": given["kind"],
            "file_name": given["file_name"],
            "columns": [form.column() for form in columns.in_order()],
        }
        try:
            lines = {name: read_lines(given[name]) for name in ("before", "after")}
        except LayoutError as error:
            raise ValidationError(str(error)) from None
        optional = {**lines, "header_prefix": given["header_prefix"], "max_rows": given["max_rows"]}
        if given["kind"] == "xlsx":
            optional["sheet"] = given["sheet"]
        else:
            spec["encoding"] = given["encoding"]
            if given["kind"] == "csv" and given["separator"] != ",":
                spec["separator"] = given["separator"]
        if not given["header"]:
            spec["header"] = False
        return spec | {name: value for name, value in optional.items() if value}


class ColumnForm(forms.Form):
    """One column. A row without header, field and text is none."""

    order = forms.IntegerField(label=_("Order"), min_value=1, required=False)
    header = forms.CharField(label=_("Header"), max_length=60, required=False)
    field = forms.ChoiceField(label=_("Holds"), required=False)
    text = forms.CharField(label=_("Fixed text"), max_length=60, required=False)
    style = forms.ChoiceField(label=_("Written as"), choices=list(STYLE_NAMES.items()), required=False)
    width = forms.IntegerField(label=_("Width"), min_value=1, max_value=300, required=False)
    align = forms.ChoiceField(label=_("Side"), choices=SIDES, required=False)
    pad = forms.ChoiceField(label=_("Filled with"), choices=[("space", _("spaces")), ("0", _("zeros"))], required=False)

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, FIELD_NAMES.get(name, name)) for name in sorted(FIELDS[purpose])]
        self.fields["field"].choices = [("", _("empty")), *known]  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = field.label
            field.widget.attrs["data-size"] = "sm"
            if name in ("order", "width"):
                field.widget.attrs["class"] = "num"

    def is_empty(self) -> bool:
        given = self.cleaned_data
        return not (given.get("header") or given.get("field") or given.get("text"))

    def column(self) -> dict[str, Any]:
        given = self.cleaned_data
        column: dict[str, Any] = {"header": given["header"]}
        usual = {"style": "text", "align": "left", "pad": " "}
        values = {"pad": "0" if given["pad"] == "0" else " "}
        for name in ("field", "text", "style", "width", "align", "pad"):
            value = values.get(name, given.get(name))
            if value and value != usual.get(name):
                column[name] = value
        return column


class BaseColumns(forms.BaseFormSet):
    """The columns of a layout; sorted by their order, those without one stay where they are."""

    def in_order(self) -> list[ColumnForm]:
        filled = [form for form in self.forms if not form.is_empty()]
        return sorted(filled, key=lambda form: form.cleaned_data.get("order") or 10**6)

    def clean(self) -> None:
        if not any(self.errors) and not self.in_order():
            raise ValidationError(_say("A layout needs columns: there are none."))


ColumnFormSet = forms.formset_factory(ColumnForm, formset=BaseColumns, extra=SPARE, max_num=200)


def shown_spec(layout: FileLayout) -> dict[str, Any]:
    """Return a layout as `LayoutForm` shows it."""
    spec = layout.spec
    usual = {"encoding": "utf-8-sig", "separator": ",", "header": True, "header_prefix": "", "sheet": "", "max_rows": 0}
    return {
        "name": layout.name, "key": layout.key, "city": layout.city, "source": layout.source,
        "provisional": layout.provisional, "kind": spec["kind"], "file_name": spec.get("file_name", "{month}"),
        **{name: spec.get(name, value) for name, value in usual.items()},
        **{name: written_lines(spec.get(name, ())) for name in ("before", "after")},
    }  # fmt: skip


def shown_columns(layout: FileLayout) -> list[dict[str, Any]]:
    """Return a layout's columns as `ColumnForm` shows them."""
    return [
        {"order": order * 10, **column, "pad": "0" if column.get("pad") == "0" else "space"}
        for order, column in enumerate(layout.spec["columns"], 1)
    ]
