from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.periods import Period
from agency.shell.fields import PercentField, PeriodField, YuanField

from .enrolling import Bases


def this_month() -> Period:
    return Period.of(today())


class EnrolmentForm(forms.Form):
    """City and bases, from a month on."""

    city = forms.CharField(label=_("City of insurance"), max_length=20, help_text=_("Without 市, such as 苏州."))
    base_fen = YuanField(label=_("Social insurance base"))
    housing_fund_base_fen = YuanField(label=_("Housing fund base"), required=False)
    housing_fund_rate = PercentField(label=_("Housing fund rate (%)"), required=False)
    since = PeriodField(label=_("From month"), initial=this_month)

    def clean_city(self) -> str:
        return self.cleaned_data["city"].strip().removesuffix("市")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("housing_fund_base_fen") and not data.get("housing_fund_rate"):
            self.add_error("housing_fund_rate", _("A base needs its rate, such as 5."))
        return data

    @property
    def bases(self) -> Bases:
        given = self.cleaned_data
        return Bases(
            given["city"],
            given["base_fen"],
            given["housing_fund_base_fen"] or 0,
            given["housing_fund_rate"] or 0,
        )


class StopForm(forms.Form):
    """The last insured month."""

    last_month = PeriodField(label=_("Last month"), initial=this_month)
