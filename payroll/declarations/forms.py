"""Forms of a worker's tax year: a declaration of one kind, its end, and how the basic deduction grows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.money import yuan
from agency.periods import Period
from agency.shell.fields import PeriodField, YuanField
from agency.shell.widgets import Dropzone, Seg
from payroll.calculation.additional import AdditionalRule
from payroll.calculation.declared_kinds import RELIEF
from payroll.models import TaxOpeningBalance
from payroll.runs.forms import SheetForm

from .declaring import Declared
from .kinds import ASKED

DEFAULTS = {"count": 1, "share": 100, "shared": False, "amount_fen": 0, "months_before": 0, "base_fen": 0}


def this_month() -> Period:
    return Period.of(today())


class DeclarationForm(forms.Form):
    """What a worker declares of one kind; the particulars this kind does not have are not asked."""

    count = forms.IntegerField(label=_("For how many children"), min_value=1, max_value=20, initial=1)
    shared = forms.BooleanField(label=_("Shared with brothers and sisters"), required=False)
    amount_fen = YuanField(label=_("Amount a month"))
    base_fen = YuanField(label=_("Base of the annuity a month"))
    share = forms.IntegerField(label=_("Part of the tax that falls away (%)"), min_value=1, max_value=100)
    months_before = forms.IntegerField(
        label=_("Months deducted before, in all"), min_value=0, max_value=600, required=False, initial=0
    )
    since = PeriodField(label=_("From month"), initial=this_month)
    until = PeriodField(label=_("Last month"), required=False, help_text=_("Empty: until it is ended here."))
    note = forms.CharField(label=_("Note"), max_length=60, required=False)

    def __init__(self, kind: str, rule: AdditionalRule | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in DEFAULTS:
            if name not in ASKED[kind]:
                del self.fields[name]
        if rule is not None:
            self._offer(rule)
        elif kind == RELIEF:
            self.fields["amount_fen"].label = _("At most a year")

    def _offer(self, rule: AdditionalRule) -> None:
        """Offer only what the rule knows: its amounts and shares."""
        if "share" in self.fields:
            self.fields["share"] = forms.TypedChoiceField(
                label=_("Share of this parent or spouse"), coerce=int, widget=Seg, initial=100,
                choices=[(share, f"{share}%") for share in sorted(rule.shares, reverse=True)],
            )  # fmt: skip
        if len(rule.amounts_fen) > 1:
            self.fields["amount_fen"] = forms.TypedChoiceField(
                label=_("Amount a month"), coerce=int, widget=Seg,
                choices=[(amount, yuan(amount)) for amount in rule.amounts_fen],
            )  # fmt: skip
        elif rule.shared_limit_fen:
            self.fields["amount_fen"].required = False
            self.fields["amount_fen"].help_text = _("Only when shared: at most %(part)s.") % {
                "part": yuan(rule.shared_limit_fen)
            }

    @property
    def declared(self) -> Declared:
        """Return what was declared."""
        data = self.cleaned_data
        asked = {name: data.get(name) or DEFAULTS[name] for name in DEFAULTS}
        return Declared(self.kind, data["since"], data["until"], note=data["note"], **asked)


class EndForm(forms.Form):
    """The last month a declaration counts."""

    until = PeriodField(label=_("Last month"), initial=this_month)


class TaxYearForm(forms.Form):
    """How the basic deduction grows in a year, as the worker declared or agreed."""

    basic_method = forms.TypedChoiceField(
        label=_("Basic deduction"), choices=TaxOpeningBalance.Basic.choices, coerce=int, widget=forms.RadioSelect
    )
    source = forms.CharField(
        label=_("What the worker showed"), max_length=120, required=False,
        help_text=_("For the first wages of the year: the signed declaration, a diploma …"),
    )  # fmt: skip


class DeclarationsSheetForm(SheetForm):
    """A workbook of declarations."""

    file = forms.FileField(
        label=_("Workbook"),
        widget=Dropzone(_("Drop the workbook here, or tap to choose"), _("xlsx, xls or csv, up to 50 MB")),
    )
