from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.shell.widgets import Dropzone, Seg, Switch
from payroll.models import FileLayout, PaidOutside

from .installing import layouts_for

OPEN, PAID = "open", "paid"


class LayoutField(forms.ModelChoiceField):
    """A layout by its name; one nobody has checked against the bank's own document says so."""

    def label_from_instance(self, row: FileLayout) -> str:
        return str(_("%(name)s (not checked with the bank)") % {"name": row.name}) if row.provisional else row.name


class BatchForm(forms.Form):
    """A new batch: in which layout."""

    layout = LayoutField(label=_("Layout of the bank"), queryset=FileLayout._base_manager.none(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = layouts_for(FileLayout.Purpose.BANK, today())
        self.fields["layout"].queryset = FileLayout.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk")  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What the bank has sent back."""

    file = forms.FileField(
        label=_("The bank's file"),
        widget=Dropzone(
            _("Drop the bank's file here, or tap to choose"),
            _("xlsx, xls, csv or txt; titles above the table do not matter"),
        ),
    )
    rest = forms.ChoiceField(
        label=_("Whoever does not stand in it"),
        choices=[(OPEN, _("is still on the way")), (PAID, _("is paid: only failures are listed"))],
        initial=OPEN,
        widget=Seg,
    )


class SheetForm(forms.Form):
    """What a wage sheet shows beyond its rows."""

    subtotals = forms.BooleanField(label=_("A sum below every page"), required=False, widget=Switch)
    employer = forms.BooleanField(label=_("With the employer's part and cost"), required=False, widget=Switch)


class OutsideForm(forms.Form):
    """How wages went out without a bank file, and why."""

    how = forms.ChoiceField(label=_("How it was paid"), choices=PaidOutside.How.choices)
    reason = forms.CharField(
        label=_("Why not by a bank file"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    proof = forms.CharField(
        label=_("What proves it"), max_length=200, required=False,
        help_text=_("The signed list, the number of the transfer. May follow: the VAT evidence lacks it until then."),
    )  # fmt: skip


class ProofForm(forms.Form):
    """What proves a payment outside."""

    proof = forms.CharField(
        label=_("What proves it"), max_length=200, help_text=_("The signed list, the number of the transfer.")
    )
