"""Propose new figures: one rule of a city from a month on, or the income tax's rules as data."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agency.money import MILLION
from agency.shell.fields import PercentField, PeriodField, YuanField

from .books import CityRule
from .changing import RuleChange, SideChange
from .validity import Dated

SIDES = ("employer", "employee")


class RuleForm(forms.Form):
    """New limits and rates of one insurance. A single rate has no upper one."""

    since = PeriodField(label=_("From month"))
    floor_fen = YuanField(label=_("Base from"), required=False, help_text=_("Empty: no limit."))
    ceiling_fen = YuanField(label=_("Base to"), required=False, help_text=_("Empty: no limit."))
    employer_rate = PercentField(label=_("Employer's rate (%)"))
    employer_highest = PercentField(
        label=_("Employer's highest rate (%)"), required=False, help_text=_("Only for a range, such as 5 to 12.")
    )
    employer_fixed = YuanField(label=_("Employer's fixed amount"), required=False)
    employee_rate = PercentField(label=_("Worker's rate (%)"))
    employee_highest = PercentField(label=_("Worker's highest rate (%)"), required=False)
    employee_fixed = YuanField(label=_("Worker's fixed amount"), required=False)
    source = forms.CharField(label=_("Notice it stands in"), max_length=400, help_text=_("Number and address."))
    provisional = forms.BooleanField(label=_("Still provisional"), required=False)

    @classmethod
    def figures_of(cls, dated: Dated[CityRule]) -> dict[str, Any]:
        """Return a rule's figures as the form shows them."""
        terms = dated.rule.terms
        shown: dict[str, Any] = {"floor_fen": terms.floor_fen, "ceiling_fen": terms.ceiling_fen}
        for name in SIDES:
            side = getattr(terms, name)
            shown[f"{name}_rate"] = side.lowest_rate
            shown[f"{name}_highest"] = side.highest_rate if side.is_range else None
            shown[f"{name}_fixed"] = side.fixed_fen or None
        return shown

    def clean(self) -> dict[str, Any]:
        """Refuse negative figures and rates above 100 %."""
        data = super().clean() or {}
        for name, value in list(data.items()):
            if isinstance(self.fields[name], YuanField | PercentField) and value is not None:
                limit = MILLION if isinstance(self.fields[name], PercentField) else None
                if value < 0 or (limit is not None and value > limit):
                    self.add_error(name, _("This cannot be: check the figure."))
        return data

    def change_of(self, rule: CityRule) -> RuleChange:
        """Return the change that was typed, for an insurance."""
        given = self.cleaned_data
        employer, employee = (
            SideChange(
                given[f"{name}_rate"], given[f"{name}_highest"] or given[f"{name}_rate"], given[f"{name}_fixed"] or 0
            )
            for name in SIDES
        )
        return RuleChange(
            insurance=rule.terms.insurance,
            variant=rule.variant,
            valid_from=given["since"].first_day,
            floor_fen=given["floor_fen"],
            ceiling_fen=given["ceiling_fen"],
            employer=employer,
            employee=employee,
            source=given["source"],
            provisional=given["provisional"],
        )


class TaxRulesForm(forms.Form):
    """The income tax's tables and deductions as data, checked as a whole."""

    book = forms.CharField(
        label=_("Rules as data"),
        widget=forms.Textarea(attrs={"rows": 24, "class": "mono t-sm", "spellcheck": "false"}),
        help_text=_("Amounts in fen, rates in millionths. End the old version where the new one begins."),
    )
    source = forms.CharField(label=_("Notice it stands in"), max_length=400, help_text=_("Number and address."))

    def clean_book(self) -> dict[str, Any]:
        """Read the data; the rules themselves are checked when it is proposed."""
        try:
            found = json.loads(self.cleaned_data["book"], parse_float=_no_float, parse_constant=_no_float)
        except (ValueError, RecursionError) as error:
            raise ValidationError(_("This is no JSON: %(why)s"), params={"why": error}) from None
        if not isinstance(found, dict):
            raise ValidationError(_("The rules are an object {…}."))
        return found


def _no_float(text: str) -> Any:
    raise ValueError(f"{text}: whole numbers only")
