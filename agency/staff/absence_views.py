"""Who is away and who stands in, noted by the person or by whoever leads them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agency.calendar import today
from agency.pagination import paginate
from agency.permissions import Role, can, permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from agency.shell.toasts import toast, warn
from agency.shell.widgets import DayInput

from .absence_models import StaffAbsence
from .absences import end_absence, record_absence
from .models import StaffMember

MANAGE = "agency.absence.manage"


class AbsenceForm(forms.Form):
    """Who is away, from when to when, and who stands in."""

    staff = forms.ModelChoiceField(StaffMember.objects.none(), label=gettext_lazy("Who is away"))
    first_day = forms.DateField(label=gettext_lazy("First day away"), widget=DayInput)
    last_day = forms.DateField(label=gettext_lazy("Last day away"), widget=DayInput)
    deputy = forms.ModelChoiceField(
        StaffMember.objects.none(),
        label=gettext_lazy("Who stands in"),
        help_text=gettext_lazy("Sees these clients and does the tasks on those days alone."),
    )

    def __init__(self, *args: Any, by: StaffMember, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        specialists = StaffMember.objects.holding(Role.SPECIALIST)
        fields: dict[str, Any] = self.fields
        fields["staff"].queryset = fields["deputy"].queryset = specialists
        if not can(by, MANAGE):
            del fields["staff"]
            fields["deputy"].queryset = specialists.exclude(pk=by.pk)


@permit("agency.absence.record")
@require_GET
def absences(request: StaffRequest) -> HttpResponse:
    """Absences one may see: one's own and those one stands in for, or everybody's; the latest first."""
    rows = visible(request.user, StaffAbsence).select_related("staff", "deputy").order_by("-valid_from", "-pk")
    context = {"page_obj": paginate(request, rows), "on": today(), "manages": can(request.user, MANAGE)}
    return render(request, "agency/absences.html", context)


@permit("agency.absence.record")
@require_http_methods(["GET", "POST"])
def absence_new(request: StaffRequest) -> HttpResponse:
    """Note an absence: one's own, or a colleague's by whoever leads them."""
    back = reverse("agency:absences")

    def save(form: AbsenceForm) -> str:
        given = form.cleaned_data
        away = given.get("staff", request.user)
        record_absence(away, given["deputy"], given["first_day"], given["last_day"], request.user)
        return back

    return edit(
        request,
        AbsenceForm(request.POST or None, by=request.user, initial={"first_day": today(), "last_day": today()}),
        save,
        title=_("Note an absence"),
        verb=_("Note the absence"),
        done=_("Noted. Reminders of these days go to whoever stands in."),
        back=back,
        crumb=_("Absences"),
    )


@permit("agency.absence.record")
@require_POST
def absence_end(request: StaffRequest, pk: int) -> HttpResponse:
    """Be back from today, or take back an absence that has not begun."""
    found = get_object_or_404(visible(request.user, StaffAbsence), pk=pk)
    if found.staff_id != request.user.pk and not can(request.user, MANAGE):
        warn(request, _("Only the person or a manager can end it."))
        return redirect("agency:absences")
    try:
        end_absence(found, today(), request.user)
        toast(request, _("The absence is ended."))
    except ValidationError as problem:
        warn(request, " ".join(problem.messages))
    return redirect("agency:absences")
