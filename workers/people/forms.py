from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.identifiers.fields import BankAccountField, IdentityNumberField, PhoneField
from agency.permissions import sees_whole_agency
from agency.shell.editing import TenantForm
from agency.shell.fields import LastDayField, YuanField
from agency.shell.widgets import DayInput, Seg
from clients.models import Post, Site
from workers.contracts.signing import Terms
from workers.models import Worker
from workers.placements.choosing import check_same_client, offer_places

from .hiring import Start

TAKEN = _("Another worker has this employee number. Leave it empty for the next free one.")


def hukou_field() -> forms.ChoiceField:
    """Return the choice between urban and rural, neither of them preset."""
    return forms.ChoiceField(label=_("Hukou"), choices=Worker.Hukou.choices, required=False, widget=Seg)


class EmployForm(TenantForm):
    """A new worker: who, which contract, where."""

    identity_number = IdentityNumberField(
        label=_("Identity number"), help_text=_("Birth date and sex are read from it; from now on it is shown masked.")
    )
    phone = PhoneField(label=_("Phone"), required=False)
    starts_on = forms.DateField(label=_("Contract from"), widget=DayInput, initial=today)
    last_day = LastDayField(label=_("Contract's last day"), required=False, help_text=_("Empty: open-ended."))
    probation_last_day = LastDayField(label=_("Probation's last day"), required=False)
    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput, required=False)
    post = forms.ModelChoiceField(label=_("Client and post"), queryset=Post._base_manager.none())
    site = forms.ModelChoiceField(label=_("Place"), queryset=Site._base_manager.none(), required=False)
    base_wage_fen = YuanField(label=_("Base wage a month"))
    hukou = hukou_field()

    unique = {"employee_no": TAKEN}

    class Meta:
        model = Worker
        fields = ["name", "identity_number", "phone", "hukou", "employee_no"]
        labels = {"name": _("Full name")}
        help_texts = {"employee_no": _("Empty: the next free number.")}

    def __init__(self, *args: Any, staff: Any, client: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_places(self, staff, client)
        if sees_whole_agency(staff):
            self.fields["post"].required = self.fields["base_wage_fen"].required = False
            self.fields["post"].help_text = _("May be left for later: then the worker waits for a placement.")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        check_same_client(self)
        return data

    @property
    def terms(self) -> Terms:
        given = self.cleaned_data
        return Terms(given["starts_on"], given["last_day"], given["signed_on"], given["probation_last_day"])

    @property
    def start(self) -> Start | None:
        given = self.cleaned_data
        if given["post"] is None:
            return None
        return Start(given["post"].client, given["post"], given["site"], base_wage_fen=given["base_wage_fen"] or 0)


class WorkerForm(TenantForm):
    """What may be mended about a person. Numbers are never shown back: an empty field keeps the one on file."""

    identity_number = IdentityNumberField(
        label=_("Identity number"), required=False, help_text=_("One is on file. Fill in only to correct it.")
    )
    phone = PhoneField(label=_("Phone"), required=False)
    hukou = hukou_field()

    unique = {"employee_no": TAKEN}

    class Meta:
        model = Worker
        fields = ["name", "employee_no", "phone", "hukou", "identity_number"]
        labels = {"name": _("Full name")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = {"identity_number": self.instance.identity_number, "phone": self.instance.phone}
        self.initial |= {"identity_number": "", "phone": ""}
        if self.kept["phone"]:
            self.fields["phone"].help_text = _("One is on file. Fill in only a new one.")

    def clean_identity_number(self) -> str:
        return self.cleaned_data["identity_number"] or self.kept["identity_number"]

    def clean_phone(self) -> str:
        return self.cleaned_data["phone"] or self.kept["phone"]


class AccountForm(forms.Form):
    """Another account for the wages."""

    bank = forms.CharField(label=_("Bank"), max_length=60)
    holder = forms.CharField(label=_("Account holder"), max_length=40)
    number = BankAccountField(label=_("Account number"))
    number_again = BankAccountField(
        label=_("Account number once more"), help_text=_("A wrong payment cannot be repaired.")
    )
    from_day = forms.DateField(label=_("From"), widget=DayInput, initial=today)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("number") and data.get("number_again") and data["number"] != data["number_again"]:
            raise ValidationError({"number_again": _("The two differ. Compare both with the card.")})
        return data
