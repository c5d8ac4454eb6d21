"""Head office draws, checks and records."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agency.calendar import today
from agency.periods import Period, PeriodError
from agency.permissions import can, permit
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import toast, warn
from servicedesk.evidence.queries import signs_for

from . import checks, queries
from .forms import OutcomeForm
from .models import SpotCheck, SpotCheckItem
from .verifying import verify


def asked_period(request: StaffRequest) -> Period:
    """Return the month the URL asks for, else the agency's current one."""
    try:
        return Period.parse(request.GET.get("period") or request.POST.get("period", ""))
    except PeriodError:
        return Period.of(today())


@permit("review.spot_check.view")
def spot_checks(request: StaffRequest) -> HttpResponse:
    period = asked_period(request)
    context = {
        "period": period,
        "checks": queries.checks_of(period),
        "truths": queries.truths(period),
        "perms_draw": can(request.user, "review.spot_check.draw"),
    }
    return render(request, "servicedesk/review/spot_checks.html", context)


@permit("review.spot_check.draw")
@require_POST
def spot_check_draw(request: StaffRequest) -> HttpResponse:
    period = asked_period(request)
    try:
        check = checks.draw_check(period, by=request.user)
    except checks.CheckRefused as refusal:
        warn(request, str(refusal))
        return redirect(f"{request.path.removesuffix('draw/')}?period={period}")
    toast(request, _("%(count)d talks are drawn.") % {"count": check.items.count()})
    return redirect("servicedesk:spot_check", pk=check.pk)


@permit("review.spot_check.view")
def spot_check(request: StaffRequest, pk: int) -> HttpResponse:
    check = get_object_or_404(SpotCheck.objects.defer("listing").select_related("policy", "drawn_by"), pk=pk)
    counts = queries.outcome_counts(check)
    total, state = sum(counts.values()), request.GET.get("state", "")
    items = queries.items_of(check)
    tallies = [(value, label, counts[value]) for value, label in SpotCheckItem.Outcome.choices]
    context = {
        "check": check,
        "period": Period.parse(check.period),
        "items": items.filter(outcome=state) if state in SpotCheckItem.Outcome.values else items,
        "total": total,
        "waiting": counts[SpotCheckItem.Outcome.PENDING],
        "next_item": items.waiting().prefetch_related(None).first()
        if can(request.user, "review.finding.record")
        else None,
        "tallies": tallies,
        "choices": [("", _("All"), total), *(tally for tally in tallies if tally[2])],
        "confirmed_percent": check.policy.confirmed_permille / 10,
        "unconfirmed_percent": check.policy.unconfirmed_permille / 10,
    }
    return render(request, "servicedesk/review/spot_check.html", context)


@permit("review.spot_check.view")
def spot_check_proof(request: StaffRequest, pk: int) -> HttpResponse:
    """Repeat the draw before the reader's eyes."""
    check = get_object_or_404(SpotCheck.objects.select_related("policy", "drawn_by"), pk=pk)
    context = {"check": check, "period": Period.parse(check.period), "proof": verify(check)}
    return render(request, "servicedesk/review/proof.html", context)


@permit("review.finding.record")
@require_http_methods(["GET", "POST"])
def finding(request: StaffRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(SpotCheckItem.objects.select_related("log__client", "staff", "check_of"), pk=pk)
    form = OutcomeForm(request.POST or None, initial={"outcome": item.outcome, "note": item.note})
    if request.method == "POST" and form.is_valid():
        try:
            checks.record_outcome(item, form.cleaned_data["outcome"], form.cleaned_data["note"], request.user)
        except checks.CheckRefused as refusal:
            form.add_error("note", str(refusal))
        else:
            toast(request, _("The finding is kept."))
            waiting = item.check_of.items.waiting().exclude(pk=item.pk).first()
            if "next" in request.POST and waiting:
                return redirect("servicedesk:finding", pk=waiting.pk)
            return redirect("servicedesk:spot_check", pk=item.check_of_id)
    people = [person.worker or person.contact for person in item.log.people.select_related("worker", "contact")]
    answers = item.log.confirmations.select_related("person__worker", "person__contact")
    context = {
        "item": item,
        "log": item.log,
        "form": form,
        "people": people,
        "answers": answers,
        "signs": signs_for(request.user, item.log),
    }
    return render(request, "servicedesk/review/finding.html", context, status=422 if form.is_bound else 200)
