from django import forms
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.shell.fields import LastDayField
from agency.shell.widgets import DayInput

from .signing import Terms


class ContractForm(forms.Form):
    """A labour contract with its last days inclusive, as it is written."""

    number = forms.CharField(label=_("Number"), max_length=40, required=False)
    starts_on = forms.DateField(label=_("From"), widget=DayInput)
    last_day = LastDayField(label=_("Last day"), required=False, help_text=_("Empty: open-ended."))
    probation_last_day = LastDayField(label=_("Probation's last day"), required=False)
    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput, required=False, initial=today)

    @property
    def terms(self) -> Terms:
        given = self.cleaned_data
        return Terms(
            given["starts_on"], given["last_day"], given["signed_on"], given["probation_last_day"], given["number"]
        )


class EndingForm(forms.Form):
    """The last day of a contract and why."""

    last_day = forms.DateField(label=_("Last day of employment"), widget=DayInput, initial=today)
    reason = forms.CharField(label=_("Reason"), max_length=80)
