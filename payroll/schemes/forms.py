from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.money import MILLION
from agency.periods import Period
from agency.shell.fields import PercentField, PeriodField, YuanField
from payroll.calculation.gross import HOLIDAY, OVERTIME_PERCENT, PAID_DAYS_X100, REST_DAY, WEEKDAY
from payroll.calculation.working_lines import hundredths
from payroll.models import PayScheme


def this_month() -> Period:
    return Period.of(today())


class HundredthsField(forms.DecimalField):
    """Days with two decimals; cleans to hundredths (21.75 → 2175)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=20, max_value=31, max_digits=4, decimal_places=2, **options)

    def clean(self, value: Any) -> int:
        """Read days."""
        return int(super().clean(value) * 100)

    def prepare_value(self, value: Any) -> Any:
        """Show hundredths as days."""
        return hundredths(value) if isinstance(value, int) else value


def _percent(label: Any, kind: str) -> forms.IntegerField:
    least = OVERTIME_PERCENT[kind]
    return forms.IntegerField(
        label=label, min_value=least, max_value=1000, initial=least,
        help_text=format_lazy(_("At least {least}% (Wage Payment 13)."), least=least),
    )  # fmt: skip


class SchemeForm(forms.Form):
    """How a client's workers are paid, from a month on."""

    since = PeriodField(label=_("From month"), initial=this_month)
    method = forms.TypedChoiceField(label=_("Base wage"), choices=PayScheme.Method.choices, coerce=int)
    injury_rate = PercentField(
        label=_("Work injury rate (%)"),
        help_text=_("By the client's industry class, such as 0.4. Without it a city with a range cannot be computed."),
    )
    paid_days_x100 = HundredthsField(
        label=_("Paid days of a month"),
        initial=PAID_DAYS_X100,
        help_text=_("A day is the wage divided by these; 21.75 by 2008 No. 3."),
    )
    overtime_weekday_percent = _percent(_("Weekday overtime (%)"), WEEKDAY)
    overtime_rest_day_percent = _percent(_("Rest day overtime (%)"), REST_DAY)
    overtime_holiday_percent = _percent(_("Holiday overtime (%)"), HOLIDAY)
    unpaid_bearer = forms.TypedChoiceField(
        label=_("Own insurance of a month without pay"), choices=PayScheme.Unpaid.choices, coerce=int,
        initial=PayScheme.Unpaid.WORKER.value,
        help_text=_("What is held back later takes at most 20% of a month's pay, and the minimum wage stays."),
    )  # fmt: skip
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
