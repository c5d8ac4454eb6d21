from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.money import MILLION
from agency.periods import Period
from agency.shell.fields import PercentField, PeriodField, YuanField
from payroll.models import PayScheme


def this_month() -> Period:
    return Period.of(today())


class SchemeForm(forms.Form):
    """How a client's workers are paid, from a month on."""

    since = PeriodField(label=_("From month"), initial=this_month)
    method = forms.TypedChoiceField(label=_("Base wage"), choices=PayScheme.Method.choices, coerce=int)
    injury_rate = PercentField(
        label=_("Work injury rate (%)"),
        help_text=_("By the client's industry class, such as 0.4. Without it a city with a range cannot be computed."),
    )
    night_shift_fen = YuanField(label=_("Allowance for a night shift"), required=False)
    sick_pay_percent = forms.IntegerField(
        label=_("Sick pay (% of the daily wage)"), min_value=0, max_value=100, initial=100
    )
    minimum_wage_fen = YuanField(label=_("Local minimum wage a month"), required=False)
    source = forms.CharField(label=_("Where this stands"), max_length=200, required=False)

    def clean_injury_rate(self) -> int:
        rate = self.cleaned_data["injury_rate"]
        if not 0 <= rate <= MILLION:
            raise ValidationError(_("A rate is between 0 and 100%."))
        return rate

    @property
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {name: given[name] for name in given if name != "since"} | {
            "night_shift_fen": given["night_shift_fen"] or 0
        }
