from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.identifiers.fields import CreditCodeField
from agency.shell.editing import TenantForm
from agency.shell.widgets import DayInput, Seg, Switch
from clients.models import ClientEnterprise, Site


class ClientForm(TenantForm):
    """A client enterprise as its licence and the agreement name it."""

    credit_code = CreditCodeField(
        label=_("Unified social credit code"), help_text=_("18 characters, as on the licence.")
    )

    unique = {"credit_code": _("Another client has this code. Open that one instead.")}

    class Meta:
        model = ClientEnterprise
        fields = [
            "name",
            "short_name",
            "credit_code",
            "city",
            "industry",
            "own_staff",
            "pay_day",
            "started_on",
            "remark",
        ]
        widgets = {"started_on": DayInput}
        help_texts = {
            "short_name": _("What everybody calls it, such as 澄光电子."),
            "own_staff": _("Without dispatched workers. The share of dispatch is counted against it."),
            "pay_day": _("Day of the month; 31 means the last day."),
        }


class PartingForm(forms.Form):
    """The last day of service."""

    last_day = forms.DateField(label=_("Last day of service"), widget=DayInput)


class SiteForm(TenantForm):
    """A workshop, dormitory or office of a client."""

    unique = {"name": _("This client has a place of that name already.")}
    within = ("client",)

    class Meta:
        model = Site
        fields = ["name", "kind", "address", "is_active"]
        widgets = {
            "kind": Seg(icons={"workshop": "factory", "dormitory": "dorm", "office": "office"}),
            "is_active": Switch,
        }
        help_texts = {"is_active": _("Switched off, nobody new is placed there.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["is_active"]
