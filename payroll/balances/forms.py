from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.shell.fields import YuanField
from agency.shell.widgets import Dropzone
from payroll.models import TaxOpeningBalance
from payroll.runs.forms import SheetForm

from .columns import OPENING


class OpeningsForm(SheetForm):
    """A workbook of figures of the payroll before."""

    file = forms.FileField(
        label=_("Workbook"),
        widget=Dropzone(_("Drop the workbook here, or tap to choose"), _("xlsx, xls or csv, up to 50 MB")),
    )


def _amount(name: str) -> YuanField:
    return YuanField(label=TaxOpeningBalance._meta.get_field(name).verbose_name, required=False)


class OpeningForm(forms.Form):
    """One worker's figures of this tax year from the payroll before."""

    through_month = forms.IntegerField(label=_("Up to the payments of month"), min_value=1, max_value=12)
    months = forms.IntegerField(label=_("Months here by then"), min_value=0, max_value=12)
    basic_method = forms.TypedChoiceField(
        label=_("Basic deduction"), choices=TaxOpeningBalance.Basic.choices, coerce=int, initial=0
    )
    income_fen = _amount("income_fen")
    exempt_fen = _amount("exempt_fen")
    special_fen = _amount("special_fen")
    additional_fen = _amount("additional_fen")
    pension_fen = _amount("pension_fen")
    other_fen = YuanField(label=_("Other deductions from the taxable income"), required=False)
    relief_fen = _amount("relief_fen")
    withheld_fen = _amount("withheld_fen")

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be, in the words of the workbook."""
        data = super().clean() or {}
        for check in OPENING.row_checks:
            values = {"months": None, "through_month": None, "pension_fen": None} | data
            for finding in check(values):
                self.add_error(finding.field, str(finding.reason))
        for name, value in data.items():
            if name.endswith("_fen") and (value or 0) < 0:
                self.add_error(name, _("An amount is not below zero."))
        return data

    @property
    def figures(self) -> dict[str, int]:
        """Return what to store."""
        return {name: value or 0 for name, value in self.cleaned_data.items()}
