from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.permissions import visible
from agency.shell.fields import PercentField, YuanField
from agency.shell.widgets import DayInput, DigitsInput, Seg, Switch
from clients.models import ClientEnterprise, DispatchAgreement
from payroll.models import BillLine, SettlementTerms, VatStatus

from .fees import FIXED, PER_HEAD, PERCENTAGE, TIERED, FeeError, read_tiers

NEEDED = {PER_HEAD: "amount_fen", FIXED: "amount_fen", PERCENTAGE: "rate", TIERED: "tiers"}


class TermsForm(forms.Form):
    """Terms of settlement from a day on."""

    agreement = forms.ModelChoiceField(
        label=_("Agreement"), queryset=DispatchAgreement._base_manager.none(), empty_label=None
    )
    valid_from = forms.DateField(label=_("From"), widget=DayInput)
    model = forms.ChoiceField(label=_("Service fee"), choices=SettlementTerms.Model.choices, widget=Seg)
    amount_fen = YuanField(label=_("Amount a head, or fixed amount"), required=False)
    rate = PercentField(label=_("Percentage"), required=False)
    of_gross = forms.BooleanField(label=_("Of gross wages, not of the whole cost"), required=False, widget=Switch)
    tiers = forms.CharField(
        label=_("Tiers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: heads up to, yuan a head. “50 120”, then “* 100” for everybody above."),
    )
    fee_includes_tax = forms.BooleanField(label=_("The fee includes VAT"), required=False, initial=True, widget=Switch)
    payment_days = forms.IntegerField(label=_("Days to pay"), min_value=0, max_value=180, initial=10)
    money_first = forms.BooleanField(
        label=_("No money, no payout"),
        required=False,
        widget=Switch,
        help_text=_("A bank batch is not released before the client's money is there."),
    )

    def __init__(self, *args: Any, client: ClientEnterprise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = DispatchAgreement.objects.filter(client=client).order_by("-valid_from")
        self.fields["agreement"].queryset = rows  # type: ignore[attr-defined]

    def clean_tiers(self) -> list[tuple[int | None, int]]:
        text = self.cleaned_data["tiers"]
        try:
            return [(tier.up_to, tier.amount_fen) for tier in read_tiers(text)] if text.strip() else []
        except FeeError as wrong:
            words = _("“%(line)s” cannot be read. Write heads and yuan, rising, and end with “*”.")
            raise ValidationError(words, params={"line": wrong}) from None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needed = NEEDED.get(data.get("model", ""))
        if needed and needed not in self.errors and not data.get(needed):
            raise ValidationError({needed: _("This model of fee needs it.")})
        return data

    @property
    def values(self) -> dict[str, Any]:
        """Return what to store."""
        data = dict(self.cleaned_data)
        return data | {"amount_fen": data["amount_fen"] or 0, "rate": data["rate"] or 0}


class VatForm(forms.Form):
    """How the agency pays VAT from a day on."""

    regime = forms.ChoiceField(label=_("VAT"), choices=VatStatus.Regime.choices, widget=forms.RadioSelect)
    valid_from = forms.DateField(label=_("From"), widget=DayInput)


class LineForm(forms.Form):
    """A line added by hand."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in (BillLine.Kind.BACK_PAYMENT, BillLine.Kind.OTHER)],
        widget=Seg,
        initial=BillLine.Kind.BACK_PAYMENT,
    )
    label = forms.CharField(label=_("What for"), max_length=80)
    amount_fen = YuanField(label=_("Amount"), help_text=_("Below zero it is given back to the client."))
    deductible = forms.BooleanField(
        label=_("Deductible for VAT"),
        required=False,
        widget=Switch,
        help_text=_("Wages, welfare, insurance and fund paid for workers, with payment records."),
    )


class InvoiceForm(forms.Form):
    """The invoice of a bill."""

    number = forms.CharField(
        label=_("Invoice number"),
        max_length=24,
        widget=DigitsInput,
        help_text=_("The 20 digits of the electronic invoice."),
    )
    invoiced_on = forms.DateField(label=_("Invoiced on"), widget=DayInput, initial=today)


class ReceiptForm(forms.Form):
    """Money that came in."""

    client = forms.ModelChoiceField(label=_("Client"), queryset=ClientEnterprise._base_manager.none())
    amount_fen = YuanField(label=_("Amount"))
    received_on = forms.DateField(label=_("Received on"), widget=DayInput, initial=today)
    reference = forms.CharField(
        label=_("Bank reference"),
        max_length=60,
        required=False,
        help_text=_("From the bank's statement; keeps the same money from being entered twice."),
    )
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = visible(staff, ClientEnterprise).order_by("name_pinyin")  # type: ignore[attr-defined]

    def clean_amount_fen(self) -> int:
        amount = self.cleaned_data["amount_fen"]
        if amount is not None and amount <= 0:
            raise ValidationError(_("Money received is above zero."))
        return amount


class OwnMoneyForm(forms.Form):
    """Insurance or fund paid before the client's money; wages are written down by the release of their batch."""

    purpose = forms.ChoiceField(
        label=_("For"),
        choices=[("social", _("Social insurance")), ("fund", _("Housing fund")), ("other", _("Other"))],
        widget=Seg,
        initial="social",
    )
    amount_fen = YuanField(label=_("Amount"))
    paid_on = forms.DateField(label=_("Paid out on"), widget=DayInput, initial=today)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)


class ConsentForm(forms.Form):
    """Why wages go out before the money."""

    reason = forms.CharField(label=_("Why"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
