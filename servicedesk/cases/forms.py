"""What staff fill in about a case."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.identifiers.fields import PhoneField
from agency.models import StaffMember
from agency.shell.widgets import ChipsOne, DayInput, Seg, Switch
from servicedesk.communication.parties import Party

from .models import Case, CaseCategory
from .opening import Question, subject_of

Channel = Case.Channel
BY_STAFF = [(Channel.PHONE.value, Channel.PHONE.label), (Channel.PERSON.value, Channel.PERSON.label)]


class CaseForm(forms.Form):
    """A case that somebody brings by phone or in person; `uuid` is this form's number: sent twice, it is one case."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=BY_STAFF,
        initial="phone",
        widget=Seg(icons={"phone": "phone", "person": "people"}),
    )
    category = forms.ModelChoiceField(None, label=_("What the case is about"), widget=ChipsOne, empty_label=None)
    text = forms.CharField(
        label=_("In their words"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("One sentence: what is it about?")},
    )
    caller = forms.CharField(label=_("Who asks"), max_length=40, required=False, help_text=_("Empty: no name given."))
    phone = PhoneField(label=_("Phone to call back"), required=False)
    happened_on = forms.DateField(
        label=_("Day of the accident"), required=False, widget=DayInput, help_text=_("For injuries: the 30 days count.")
    )
    head_office_only = forms.BooleanField(
        label=_("Head office only"),
        required=False,
        widget=Switch,
        help_text=_("For complaints about one of us: no specialist sees it, you neither unless you are head office."),
    )
    about = forms.ModelChoiceField(None, label=_("About whom of us"), required=False)

    def __init__(self, *args: Any, party: Party | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party = party
        self.fields["category"].queryset = CaseCategory.objects.valid_on(today())
        self.fields["about"].queryset = StaffMember.objects.active().order_by("name_pinyin")
        if party:
            del self.fields["caller"], self.fields["phone"]

    def clean_happened_on(self) -> dt.date | None:
        on = self.cleaned_data["happened_on"]
        if on and on > today():
            raise forms.ValidationError(_("This day is still to come. Choose the day it happened."))
        return on

    def question(self, client: Any, **who: Any) -> Question:
        """Return the question as filled in; call when valid."""
        given = self.cleaned_data
        return Question(
            category=given["category"],
            client=client,
            subject=subject_of(given["text"]),
            text=given["text"],
            channel=given["channel"],
            caller=given.get("caller", ""),
            phone=given.get("phone", ""),
            head_office_only=given["head_office_only"],
            about=given["about"],
            happened_on=given["happened_on"],
            uuid=given["uuid"],
            **who,
        )


class AnswerForm(forms.Form):
    """The answer the asker reads."""

    text = forms.CharField(
        label=_("Our answer"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("They read it as it stands, behind their link."),
    )
    settles = forms.BooleanField(label=_("That settles it"), required=False)


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(None, label=_("To whom"))
    why = forms.CharField(label=_("Why"), max_length=400, required=False)

    def __init__(self, *args: Any, people: list[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = StaffMember.objects.filter(pk__in=[one.pk for one in people])
