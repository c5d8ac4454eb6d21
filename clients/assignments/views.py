"""Who serves a client, over time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agency.calendar import today
from agency.permissions import permit, visible
from agency.shell.editing import edit
from clients.enterprises.views import client_or_404, frame
from clients.models import Assignment

from .forms import AssignmentForm, EndingForm
from .handing_over import assign, end_assignment


@permit("clients.client.view")
def assignments(request: HttpRequest, pk: int) -> HttpResponse:
    client, on = client_or_404(request, pk), today()
    rows = Assignment.objects.filter(client=client).select_related("staff").order_by("-valid_from", "-is_lead", "pk")
    turns = [(turn, "done" if turn.valid_to and turn.valid_to <= on else _state(turn.valid_from > on)) for turn in rows]
    return render(request, "clients/assignments/assignments.html", frame(request, client, turns=turns))


@permit("clients.assignment.edit")
def assignment_new(request: HttpRequest, pk: int) -> HttpResponse:
    client = client_or_404(request, pk)
    back = reverse("clients:assignments", kwargs={"pk": pk})

    def save(form: AssignmentForm) -> str:
        given = form.cleaned_data
        assign(client, given["staff"], given["from_day"], request.user, lead=given["role"] == "lead")
        return back

    return edit(
        request,
        AssignmentForm(request.POST or None),
        save,
        title=_("Hand over"),
        verb=_("Hand over"),
        done=_("Handed over."),
        back=back,
        crumb=client.short_name,
        lead=_("Whoever was in charge until then stops that day; what they did stays theirs."),
    )


@permit("clients.assignment.edit")
def assignment_end(request: HttpRequest, pk: int) -> HttpResponse:
    turn = get_object_or_404(visible(request.user, Assignment).select_related("client", "staff"), pk=pk)
    back = reverse("clients:assignments", kwargs={"pk": turn.client_id})

    def save(form: EndingForm) -> str:
        end_assignment(turn, form.cleaned_data["end"], request.user)
        return back

    return edit(
        request,
        EndingForm(request.POST or None),
        save,
        title=_("End %(name)s's turn") % {"name": turn.staff.name},
        verb=_("End it"),
        done=_("Ended."),
        back=back,
        crumb=turn.client.short_name,
    )


def _state(is_planned: bool) -> str:
    return "planned" if is_planned else "now"
