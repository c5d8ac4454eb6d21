import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agency.calendar import local_now
from agency.calendar.clock import time_zone
from agency.shell.widgets import MomentInput
from payroll.models import PayrollRun, PayslipDispute

USUAL_HOUR = 18


class ScheduleForm(forms.Form):
    """When the payslips go out, as the agency's clocks show it."""

    at = forms.DateTimeField(label=_("Payslips go out at"), widget=MomentInput)

    def __init__(self, *args: Any, run: PayrollRun, **kwargs: Any) -> None:
        super().__init__(*args, initial={"at": usual_hour(run)}, **kwargs)

    def clean_at(self) -> dt.datetime:
        given = self.cleaned_data["at"]
        return timezone.make_aware(timezone.make_naive(given), time_zone())


class AnswerForm(forms.Form):
    """The answer to a worker's dispute."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=PayslipDispute.Outcome, widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("Answer to the worker"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The worker reads it on the payslip's page: short, in plain words."),
    )


def usual_hour(run: PayrollRun) -> dt.datetime:
    """Return six in the evening of the pay day, or of the next day it can be."""
    now = local_now()
    day = max(run.pay_date, now.date())
    at = dt.datetime.combine(day, dt.time(USUAL_HOUR), now.tzinfo)
    return (at if at > now else at + dt.timedelta(days=1)).replace(tzinfo=None)
