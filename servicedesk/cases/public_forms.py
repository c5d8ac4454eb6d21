"""What people without an account fill in. Plain inputs: these pages work without a script, on old phones."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.identifiers.fields import PhoneField

from .models import Case, CaseCategory


class AskForm(forms.Form):
    """A question or complaint of somebody whose link says who they are."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    category: forms.ModelChoiceField = forms.ModelChoiceField(
        None,
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Tap what it is about.")},
    )
    text = forms.CharField(
        label=_("Your words"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Write one sentence, so that we know what to do.")},
    )
    head_office_only = forms.BooleanField(label=_("For head office only, not for our specialist"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = CaseCategory.objects.valid_on(today()).filter(on_public_page=True)
        self.fields["category"].queryset = shown  # type: ignore[attr-defined]


class AnonymousForm(AskForm):
    """The same behind a poster: a name and a phone may be left, or not."""

    caller = forms.CharField(label=_("Your name"), max_length=40, required=False)
    phone = PhoneField(label=_("Your phone"), required=False, widget=forms.TextInput({"type": "tel"}))


class RatingForm(forms.Form):
    rating = forms.TypedChoiceField(choices=Case.Rating.choices, coerce=int)
