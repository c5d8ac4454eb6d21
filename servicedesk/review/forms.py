from django import forms
from django.utils.translation import gettext_lazy as _

from agency.shell.widgets import Seg

from .models import SpotCheckItem


class OutcomeForm(forms.Form):
    """What a check found."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[c for c in SpotCheckItem.Outcome.choices if c[0] != "pending"], widget=Seg
    )
    note = forms.CharField(
        label=_("What was found"),
        max_length=400,
        required=False,
        help_text=_("Needed when something differs. The specialist reads it and may answer."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
