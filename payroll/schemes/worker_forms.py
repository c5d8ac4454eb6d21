"""Forms about single workers: an amount agreed on, wages paid in advance, and what changes of them later."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.shell.fields import PeriodField, YuanField
from agency.shell.widgets import DayInput
from workers.models import Worker

from .forms import this_month


class AmountForm(forms.Form):
    """An amount agreed with a worker, from a day on."""

    employee_no = forms.CharField(label=_("Employee number"), max_length=20)
    amount_fen = YuanField(label=_("Amount"))
    since = PeriodField(label=_("From month"), initial=this_month)

    def clean_employee_no(self) -> str:
        number = self.cleaned_data["employee_no"].strip()
        self.worker = Worker.objects.filter(employee_no=number).first()
        if self.worker is None:
            raise ValidationError(_("Nobody in the roster has this number. Check it, or employ the person first."))
        return number


class AdvanceForm(AmountForm):
    """Wages paid in advance: how much, and how much a month is kept back from when on."""

    paid_on = forms.DateField(label=_("Paid on"), widget=DayInput)
    monthly_fen = YuanField(label=_("Kept back a month"))
    field_order = ("employee_no", "paid_on", "amount_fen", "monthly_fen", "since")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        amount, monthly = data.get("amount_fen"), data.get("monthly_fen")
        if amount and monthly and not 0 < monthly <= amount:
            self.add_error("monthly_fen", _("What is kept back a month lies between 0.01 and the advance."))
        return data


class AmountChangeForm(forms.Form):
    """Another amount from a month on, or none."""

    since = PeriodField(label=_("From month"), initial=this_month)
    amount_fen = YuanField(
        label=_("Amount"), required=False, help_text=_("Leave it empty and it ends: nothing from that month on.")
    )


class MonthlyForm(forms.Form):
    """Another part of an advance from a month on."""

    since = PeriodField(label=_("From month"), initial=this_month)
    monthly_fen = YuanField(label=_("Kept back a month"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class PauseForm(forms.Form):
    """Months in which nothing of an advance is kept back."""

    first = PeriodField(label=_("From month"), initial=this_month)
    last = PeriodField(
        label=_("Until month, included"), required=False,
        help_text=_("Leave it empty and it rests until you agree on a part again."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class RepaidForm(forms.Form):
    """Money a worker gave back outside the payroll."""

    repaid_fen = YuanField(label=_("Paid back"))
    on = forms.DateField(label=_("Paid back on"), widget=DayInput, initial=today)
    note = forms.CharField(
        label=_("Note"), max_length=200, required=False, help_text=_("How it came: cash, transfer, receipt number.")
    )
