from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.periods import Period
from agency.permissions import visible
from agency.shell.fields import PeriodField, YuanField
from agency.shell.widgets import DayInput, Dropzone, Seg
from clients.models import ClientEnterprise
from payroll.calculation.items import Item, Source
from payroll.models import PayrollInput, PayrollRun

from .attendance_columns import field_of
from .own_columns import own_items, shown_items, stored_items

HOURS_DIGITS = {"max_digits": 6, "decimal_places": 2, "min_value": 0, "required": False}


def last_month() -> Period:
    return Period.of(today()).previous()


class OpenForm(forms.Form):
    """A new run: of which kind, whose, which month, paid when."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=PayrollRun.Kind.choices, initial=PayrollRun.Kind.REGULAR, widget=Seg
    )
    client = forms.ModelChoiceField(label=_("Client"), queryset=ClientEnterprise._base_manager.none())
    period = PeriodField(label=_("Month worked"), initial=last_month)
    pay_date = forms.DateField(
        label=_("Pay day"),
        widget=DayInput,
        required=False,
        help_text=_("Empty: the agreed day in the following month, or the workday before it."),
    )

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = visible(staff, ClientEnterprise).order_by("name_pinyin")  # type: ignore[attr-defined]
        final = visible(staff, PayrollRun).final().select_related("client").order_by("-period", "client__name_pinyin")
        self.fields["corrects"].queryset = final  # type: ignore[attr-defined]

    corrects = forms.ModelChoiceField(
        label=_("Run to correct"),
        queryset=PayrollRun._base_manager.none(),
        required=False,
        help_text=_("For a correction only: an approved run of this client and month."),
    )
    average_wage_fen = YuanField(
        label=_("Local average wage of last year"),
        required=False,
        help_text=_("For a severance only: a year's wage; three times of it are free of tax."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("kind")
        for name, needed in (("corrects", PayrollRun.Kind.CORRECTION), ("average_wage_fen", PayrollRun.Kind.SEVERANCE)):
            if kind != needed:
                data[name] = None
            elif not data.get(name) and name not in self.errors:
                self.add_error(name, _("This kind of run needs it."))
        period, day = data.get("period"), data.get("pay_date")
        if period and day and day < period.first_day:
            raise ValidationError({"pay_date": _("Wages are not paid before the month has begun.")})
        return data


class LimitForm(forms.Form):
    """How much a net wage may change, from a month on."""

    since = PeriodField(label=_("From month"), initial=last_month)
    percent = forms.IntegerField(
        label=_("Change to look at (%)"),
        min_value=1,
        max_value=100,
        help_text=_("Against the mean of the last three months."),
    )


class SheetForm(forms.Form):
    """A client's attendance sheet."""

    file = forms.FileField(
        label=_("Attendance sheet"),
        widget=Dropzone(_("Drop the sheet here, or tap to choose"), _("xlsx, xls or csv, up to 50 MB")),
    )
    password = forms.CharField(
        label=_("Password of the file"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Only if it has one; used once and not kept."),
    )


class PasteForm(forms.Form):
    """Rows copied out of Excel, with the row of headers above them."""

    rows = forms.CharField(
        label=_("Rows from Excel"),
        strip=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "wrap": "off"}),
        help_text=_("Copy the headers too. Only the columns pasted change, for the workers pasted."),
    )


class ReasonForm(forms.Form):
    """Why a run goes back."""

    reason = forms.CharField(label=_("What has to change?"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class InputForm(forms.Form):
    """One worker's month by hand; days and hours as people write them."""

    items: Sequence[Item] = ()

    days_worked_x100 = forms.DecimalField(label=_("Days worked"), max_value=31, **HOURS_DIGITS)
    days_absent_x100 = forms.DecimalField(label=_("Days absent"), max_value=31, **HOURS_DIGITS)
    sick_days_x100 = forms.DecimalField(label=_("Sick days"), max_value=31, **HOURS_DIGITS)
    overtime_weekday_x100 = forms.DecimalField(label=_("Weekday overtime (hours)"), max_value=300, **HOURS_DIGITS)
    overtime_rest_day_x100 = forms.DecimalField(label=_("Rest day overtime (hours)"), max_value=300, **HOURS_DIGITS)
    overtime_holiday_x100 = forms.DecimalField(label=_("Holiday overtime (hours)"), max_value=300, **HOURS_DIGITS)
    night_shifts = forms.IntegerField(label=_("Night shifts"), min_value=0, max_value=31, required=False)
    allowances_fen = YuanField(label=_("Other allowances"), required=False)
    deductions_fen = YuanField(label=_("Deductions after tax"), required=False)
    additional_fen = YuanField(label=_("Special additional deductions of the month"), required=False)
    one_time_fen = YuanField(label=_("Bonus or severance"), required=False)
    taxed_apart = forms.BooleanField(label=_("Bonus taxed apart"), required=False)
    left_out = forms.BooleanField(
        label=_("Not in this run"), required=False, help_text=_("No payslip is made for this month.")
    )
    remark = forms.CharField(label=_("Remark"), max_length=300, required=False)

    @classmethod
    def of(cls, given: PayrollInput | None, run: PayrollRun, data: Any = None) -> "InputForm":
        """Return the form filled with what is known, with the fields this kind of run needs."""
        initial: dict[str, Any] = {}
        items = own_items(run)
        if given is not None:
            for name in cls.base_fields:
                value = getattr(given, name)
                initial[name] = Decimal(value) / 100 if name.endswith("_x100") else value
            initial |= shown_items(items, given.items)
        form = cls(data, initial=initial)
        form.items = items
        for item in items:
            form.fields[field_of(item)] = _own_field(item)
        for name in form.base_fields:
            if name not in FIELDS_OF.get(run.kind, REGULAR_FIELDS):
                del form.fields[name]
        return form

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("days_worked_x100") or 0) + (data.get("days_absent_x100") or 0) > 31:
            raise ValidationError(_("Days worked and days absent are together more than a month has."))
        return data

    @property
    def values(self) -> dict[str, Any]:
        """Return what to store: hundredths, fen and whole numbers."""
        data = self.cleaned_data
        stored = {name: int((data[name] or 0) * 100) for name in data if name.endswith("_x100")}
        stored |= {name: data[name] or 0 for name in data if name.endswith("_fen") or name == "night_shifts"}
        own = {"items": stored_items(self.items, data)} if self.items else {}
        return stored | own | {name: data[name] for name in ("left_out", "remark", "taxed_apart") if name in data}


def _own_field(item: Item) -> forms.Field:
    if item.source == Source.AMOUNT:
        return YuanField(label=item.name, required=False)
    return forms.DecimalField(label=item.name, required=False, min_value=0, max_digits=11, decimal_places=2)


_ALWAYS = ("left_out", "remark")
_EXTRA = ("allowances_fen", "deductions_fen", *_ALWAYS)
REGULAR_FIELDS = tuple(name for name in InputForm.base_fields if name not in ("one_time_fen", "taxed_apart"))
FIELDS_OF: dict[str, tuple[str, ...]] = {
    PayrollRun.Kind.BONUS: ("one_time_fen", "taxed_apart", *_ALWAYS),
    PayrollRun.Kind.SEVERANCE: ("one_time_fen", *_ALWAYS),
    PayrollRun.Kind.SUPPLEMENTARY: _EXTRA,
    PayrollRun.Kind.CORRECTION: _EXTRA,
}
