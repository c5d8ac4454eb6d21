from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agency.identifiers import InvalidIdentifier, check_phone
from agency.permissions.table import Role
from agency.shell.widgets import Chips, DayInput, DigitsInput


class RolesForm(forms.Form):
    """Which roles a person holds; at least one."""

    roles = forms.MultipleChoiceField(label=_("Roles"), choices=Role.choices, widget=Chips)


class TakeOnForm(RolesForm):
    """A new member of staff."""

    name = forms.CharField(label=_("Name"), max_length=40)
    phone = forms.CharField(label=_("Phone"), widget=DigitsInput)
    email = forms.EmailField(label=_("E-mail"), required=False)
    joined_on = forms.DateField(label=_("Joined on"), required=False, widget=DayInput)
    field_order = ["name", "phone", "email", "roles", "joined_on"]

    def clean_phone(self) -> str:
        try:
            return check_phone(self.cleaned_data["phone"])
        except InvalidIdentifier as refusal:
            raise ValidationError(str(refusal)) from refusal
