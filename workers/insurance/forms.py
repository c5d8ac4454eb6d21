from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.periods import Period
from agency.shell.fields import PercentField, PeriodField, YuanField

from .enrolling import Bases

TIERS = [("", _("the usual one")), ("tier1", _("tier 1")), ("tier2", _("tier 2"))]
FUNDS = [("", _("of the city")), ("sip", _("Suzhou Industrial Park")), ("county", _("of a county (成都)"))]


def this_month() -> Period:
    return Period.of(today())


class EnrolmentForm(forms.Form):
    """City and bases, from a month on."""

    city = forms.CharField(label=_("City of insurance"), max_length=20, help_text=_("Without 市, such as 苏州."))
    base_fen = YuanField(label=_("Social insurance base"))
    housing_fund_base_fen = YuanField(label=_("Housing fund base"), required=False)
    housing_fund_rate = PercentField(label=_("Housing fund rate (%)"), required=False)
    supplementary_fund_rate = PercentField(
        label=_("Supplementary fund rate (%)"), required=False, help_text=_("On the same base, where agreed (上海).")
    )
    medical = forms.ChoiceField(
        label=_("Medical insurance tier"),
        required=False,
        choices=TIERS,
        help_text=_("Only in cities with tiers (深圳)."),
    )
    local_hukou = forms.BooleanField(
        label=_("Pension as for local hukou"), required=False, help_text=_("Where the city tells them apart (深圳).")
    )
    housing_fund = forms.ChoiceField(
        label=_("Which housing fund"),
        required=False,
        choices=FUNDS,
        help_text=_("Where a part of the city has its own."),
    )
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
        chosen = {
            "medical": given["medical"],
            "pension": "local_hukou" if given["local_hukou"] else "",
            "housing_fund": given["housing_fund"],
        }
        return Bases(
            given["city"],
            given["base_fen"],
            given["housing_fund_base_fen"] or 0,
            given["housing_fund_rate"] or 0,
            given["supplementary_fund_rate"] or 0,
            {name: variant for name, variant in chosen.items() if variant},
        )


class StopForm(forms.Form):
    """The last insured month."""

    last_month = PeriodField(label=_("Last month"), initial=this_month)
