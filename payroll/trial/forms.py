"""What the trial calculator asks, with sensible figures filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.periods import Period
from agency.shell.fields import PercentField, PeriodField, YuanField
from payroll.calculation.columns import AMOUNT_LIMIT_FEN
from payroll.calculation.withholding import BasicMethod
from payroll.policies.loading import load_city_books

METHODS = [
    (BasicMethod.MONTHS_HERE, _("5,000 for each month here")),
    (BasicMethod.FIRST_JOB_OF_YEAR, _("First wages of the year")),
    (BasicMethod.AT_ONCE, _("60,000 at once")),
]


class TrialForm(forms.Form):
    """Amounts of a trial: none below zero, none impossibly large."""

    use_required_attribute = False

    @classmethod
    def sensible(cls, month: Period) -> dict[str, Any]:
        """Return the figures the page starts with; `month` is the present one."""
        return {name: field.initial for name, field in cls.base_fields.items()}

    def clean(self) -> dict[str, Any]:
        """Refuse amounts no payroll could hold."""
        data = super().clean() or {}
        for name, value in list(data.items()):
            if isinstance(self.fields[name], YuanField) and value is not None and not 0 <= value <= AMOUNT_LIMIT_FEN:
                self.add_error(name, _("Give an amount from 0 to 100,000,000."))
        return data


class WageForm(TrialForm):
    """A month's wages: insurance, tax of the year so far, and what is left."""

    city = forms.ChoiceField(label=_("City of insurance"))
    month = PeriodField(label=_("Month of payment"))
    wage_fen = YuanField(label=_("Wages this month"), initial=800_000)
    base_fen = YuanField(label=_("Insurance base"), required=False, help_text=_("Empty: as the wages."))
    fund_base_fen = YuanField(label=_("Housing fund base"), required=False, help_text=_("Empty: as the wages."))
    fund_rate = PercentField(label=_("Housing fund rate (%)"), required=False, initial=50_000)
    injury_rate = PercentField(label=_("Work injury rate (%)"), initial=4_000)
    additional_fen = YuanField(label=_("Additional deductions a month"), required=False, initial=0)
    method = forms.TypedChoiceField(label=_("Basic deduction"), choices=METHODS, coerce=int, initial=0)
    months = forms.IntegerField(
        label=_("Months here this year"),
        min_value=1,
        max_value=12,
        help_text=_("This one included; the months before count as paid like this one."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].choices = [(pinyin, book.city) for pinyin, book in load_city_books().items()]

    @classmethod
    def sensible(cls, month: Period) -> dict[str, Any]:
        """Return a whole year here so far, in Suzhou."""
        return super().sensible(month) | {"city": "suzhou", "month": month, "months": month.month}

    def clean(self) -> dict[str, Any]:
        """Refuse more months here than the year has had."""
        data = super().clean()
        if data.get("month") and data.get("months") and data["months"] > data["month"].month:
            self.add_error("months", _("By then the year has had %d months.") % data["month"].month)
        return data


class BonusForm(TrialForm):
    """A yearly bonus, apart and merged."""

    bonus_fen = YuanField(label=_("Yearly bonus"), initial=3_600_100)
    income_fen = YuanField(label=_("Other income of the year"), initial=9_600_000)
    deductions_fen = YuanField(
        label=_("All deductions of the year"),
        initial=7_800_000,
        help_text=_("60,000, own insurance and fund, additional and other deductions."),
    )
    year = forms.IntegerField(label=_("Year of payment"), min_value=2019, max_value=2100)

    @classmethod
    def sensible(cls, month: Period) -> dict[str, Any]:
        """Return a bonus one yuan into the first trap."""
        return super().sensible(month) | {"year": month.year}


class SeveranceForm(TrialForm):
    """A severance payment when a contract ends."""

    severance_fen = YuanField(label=_("Severance payment"), initial=50_000_000)
    average_fen = YuanField(
        label=_("Local average yearly wage, year before"), initial=12_000_000, help_text=_("As the city published it.")
    )


class ServiceForm(TrialForm):
    """Pay for services: one payment, or a student's internship."""

    income_fen = YuanField(label=_("Payment this month"), initial=300_000)
    student = forms.BooleanField(label=_("Full-time student on internship"), required=False, initial=True)
    months = forms.IntegerField(
        label=_("Months here so far"),
        min_value=1,
        max_value=12,
        initial=1,
        help_text=_("For students: the months before count as paid like this one."),
    )
