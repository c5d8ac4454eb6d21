"""The cut-off days of all cities, and a proposal of other ones."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from agency.calendar import today
from agency.periods import Period
from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit
from agency.shell.widgets import DayInput, Switch
from payroll.files.cutoff_days import INSURED, LAST
from payroll.files.cutoffs import cutoffs_of
from payroll.files.installing import ensure_layouts
from payroll.models import FileLayout, LayoutDraft
from payroll.refusals import Refused

from .drafts import Proposal, propose

CUTOFF = FileLayout.Purpose.CUTOFF


class CutoffForm(forms.Form):
    """A city's cut-off days from a day on."""

    city = forms.CharField(label=gettext_lazy("City"), max_length=20)
    valid_from = forms.DateField(label=gettext_lazy("In use from"), widget=DayInput)
    source = forms.CharField(label=gettext_lazy("Notice it stands in"), max_length=200)
    provisional = forms.BooleanField(label=gettext_lazy("Still provisional"), required=False, widget=Switch)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, (insurance, name) in enumerate(INSURED.items(), 1):
            field = forms.IntegerField(label=name, min_value=0, max_value=LAST)
            field.help_text = _("The last day that counts for the month; 0: none.") if place == 1 else ""
            self.fields[insurance] = field

    def proposal(self) -> Proposal:
        """Return what was typed as a proposal."""
        given = self.cleaned_data
        city = given["city"].strip().removesuffix("市")
        days = {insurance: given[insurance] for insurance in INSURED}
        name = _("Cut-off days of %(city)s") % {"city": city}
        return Proposal(
            CUTOFF, "cutoff", name, city, {"days": days}, given["valid_from"], given["source"], given["provisional"]
        )


@permit("payroll.policy.view")
@require_GET
def cutoffs(request: StaffRequest) -> HttpResponse:
    """List the cut-off days, the latest of a city first."""
    ensure_layouts()
    rows = list(visible(request.user, FileLayout).filter(purpose=CUTOFF).order_by("city", "-valid_from"))
    for row in rows:
        row.days = [(name, row.spec["days"][insurance]) for insurance, name in INSURED.items()]
    context = {
        "rows": rows,
        "names": list(INSURED.values()),
        "drafts": LayoutDraft.objects.filter(purpose=CUTOFF, state=LayoutDraft.State.PROPOSED).select_related(
            "proposed_by"
        ),
    }
    return render(request, "payroll/layouts/cutoffs.html", context)


@permit("payroll.policy.edit")
def cutoff_edit(request: StaffRequest) -> HttpResponse:
    """Propose a city's cut-off days; `?city=` begins with what holds there."""
    city = request.GET.get("city", "")
    days = {insurance: cutoffs_of(city).day(insurance, today()) for insurance in INSURED}
    initial = {"city": city, "valid_from": Period.of(today()).end, **days}

    def save(form: CutoffForm) -> str:
        try:
            draft = propose(form.proposal(), request.user)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return reverse("payroll:layout_draft", args=[draft.pk])

    return edit(
        request,
        CutoffForm(request.POST or None, initial=initial),
        save,
        title=_("Cut-off days"),
        verb=_("Propose"),
        done=_("Proposed. A second person approves it."),
        back=reverse("payroll:cutoffs"),
        crumb=_("Cut-off days"),
        lead=_("Lists go by the days before until a second person has approved these."),
    )
