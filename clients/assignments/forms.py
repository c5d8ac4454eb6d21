from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.models import StaffMember
from agency.permissions import Role
from agency.shell.widgets import DayInput, Seg

ROLES = [("lead", _("In charge")), ("deputy", _("Deputy"))]


class AssignmentForm(forms.Form):
    """Who serves a client from when, in charge or as a deputy."""

    staff = forms.ModelChoiceField(label=_("Specialist"), queryset=None)
    role = forms.ChoiceField(label=_("As"), choices=ROLES, initial="lead", widget=Seg)
    from_day = forms.DateField(label=_("From"), widget=DayInput, initial=today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].queryset = StaffMember.objects.holding(Role.SPECIALIST)


class EndingForm(forms.Form):
    """The first day without this person."""

    end = forms.DateField(label=_("First day without"), widget=DayInput, initial=today)
