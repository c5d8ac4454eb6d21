"""The administrator reads who did what, when and from where."""

import datetime as dt

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from agency.pagination import paginate
from agency.permissions import permit
from agency.shell.widgets import DayInput

from .models import BusinessEvent


class AuditFilter(forms.Form):
    """Narrow the log by area, person and days."""

    area = forms.ChoiceField(label=_("Area"), required=False)
    who = forms.CharField(label=_("Person"), required=False, max_length=40)
    since = forms.DateField(label=_("From"), required=False, widget=DayInput)
    until = forms.DateField(label=_("To"), required=False, widget=DayInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        names = BusinessEvent.objects.order_by("name").values_list("name", flat=True).distinct()
        areas = dict.fromkeys(name.split(".")[0] for name in names)
        self.fields["area"].choices = [("", _("All")), *((area, area) for area in areas)]  # type: ignore[attr-defined]

    def narrow(self, events):  # type: ignore[no-untyped-def]
        if not self.is_valid():
            return events
        data = self.cleaned_data
        if data["area"]:
            events = events.filter(name__startswith=f"{data['area']}.")
        if data["who"]:
            events = events.filter(actor_name__startswith=data["who"])
        if data["since"]:
            events = events.filter(at__date__gte=data["since"])
        if data["until"]:
            events = events.filter(at__date__lt=data["until"] + dt.timedelta(days=1))
        return events


@permit("agency.audit.view")
def audit_log(request: HttpRequest) -> HttpResponse:
    form = AuditFilter(request.GET)
    events = form.narrow(BusinessEvent.objects.order_by("-at", "-pk"))
    return render(request, "agency/audit.html", {"form": form, "page": paginate(request, events)})
