from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.shell.fields import LastDayField, YuanField
from agency.shell.widgets import ChipsOne, DayInput
from clients.models import Post, Site

from .choosing import check_same_client, offer_places
from .reasons import FOR_RETURN


class PlacementForm(forms.Form):
    """Where a worker goes, from when."""

    post = forms.ModelChoiceField(label=_("Client and post"), queryset=Post._base_manager.none())
    site = forms.ModelChoiceField(label=_("Place"), queryset=Site._base_manager.none(), required=False)
    from_day = forms.DateField(label=_("From"), widget=DayInput, initial=today)
    last_day = LastDayField(label=_("Last day"), required=False, help_text=_("Empty: until further notice."))
    base_wage_fen = YuanField(label=_("Base wage a month"))

    internship = forms.BooleanField(
        label=_("Student on internship"),
        required=False,
        help_text=_("Taxed as a student's pay; no labour contract and no social insurance."),
    )
    cover = forms.CharField(
        label=_("Accident insurance of the intern"),
        max_length=80,
        required=False,
        help_text=_("Insurer and policy number."),
    )

    def __init__(self, *args: Any, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_places(self, staff)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_same_client(self)
        return data


class ReturnForm(forms.Form):
    """The last day at the client and why."""

    last_day = forms.DateField(label=_("Last day there"), widget=DayInput, initial=today)
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(reason.value, reason.label) for reason in FOR_RETURN],
        widget=ChipsOne,
        help_text=_(
            "For business reasons nobody may be returned who is pregnant, nursing, in medical treatment "
            "or injured at work (DP 13)."
        ),
    )
