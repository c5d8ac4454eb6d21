"""End a layout that nothing follows: proposed with a reason, approved by a second person."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.calendar import today
from agency.periods import Period
from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from agency.shell.widgets import DayInput
from payroll.models import FileLayout
from payroll.refusals import Refused

from .drafts import propose_end
from .showing import page_of


class EndForm(forms.Form):
    """From which day on a layout holds no more, and why."""

    on = forms.DateField(label=gettext_lazy("First day without it"), widget=DayInput)
    why = forms.CharField(label=gettext_lazy("Why it ends"), max_length=200)


@permit("payroll.policy.edit")
def layout_end(request: StaffRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(visible(request.user, FileLayout).filter(valid_to=None), pk=pk)

    def save(form: EndForm) -> str:
        try:
            draft = propose_end(row, form.cleaned_data["on"], form.cleaned_data["why"], request.user)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return reverse("payroll:layout_draft", args=[draft.pk])

    return edit(
        request,
        EndForm(request.POST or None, initial={"on": Period.of(today()).end}),
        save,
        title=_("Stop using %(name)s") % {"name": row.name},
        verb=_("Propose"),
        done=_("Proposed. A second person approves it."),
        back=page_of(row.purpose),
        crumb=row.name,
        lead=_("For a layout nobody uses any more. Where another follows, propose a change of this one instead."),
    )
