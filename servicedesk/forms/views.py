"""The specialist fills and hands in; head office reads, returns or accepts."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agency.periods import Period
from agency.permissions import can, permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.toasts import toast, warn
from servicedesk.review.views import asked_period

from . import submissions
from .models import FormSubmission, FormTemplate
from .reading import previous_of, rows_of

REVIEWABLE = [FormSubmission.State.SUBMITTED, FormSubmission.State.RETURNED, FormSubmission.State.ACCEPTED]


@permit("forms.submission.view")
def form_list(request: StaffRequest) -> HttpResponse:
    """One's own forms of the month and, for head office, everybody's."""
    period = asked_period(request)
    writes = can(request.user, "forms.submission.write")
    found = visible(request.user, FormSubmission).of_period(period).select_related("template", "staff", "reviewed_by")
    if writes and not can(request.user, "forms.submission.review"):
        found = found.filter(staff=request.user)
    context = {
        "period": period,
        "submissions": found.order_by("state", "staff__name_pinyin"),
        "templates": FormTemplate.objects.filter(is_active=True) if writes else (),
        "waiting": found.awaiting_review().count(),
    }
    return render(request, "servicedesk/forms/list.html", context)


@permit("forms.submission.write")
@require_POST
def form_open(request: StaffRequest) -> HttpResponse:
    template = get_object_or_404(FormTemplate.objects.filter(is_active=True), pk=request.POST.get("template") or 0)
    submission = submissions.open_form(template, request.user, asked_period(request))
    return redirect("servicedesk:form", pk=submission.pk)


@permit("forms.submission.view")
@require_http_methods(["GET", "POST"])
def form(request: StaffRequest, pk: int) -> HttpResponse:
    """Fill one's own open form; everybody else reads."""
    submission = get_object_or_404(
        visible(request.user, FormSubmission).select_related("template", "staff", "reviewed_by"), pk=pk
    )
    mine = submission.staff_id == request.user.pk and can(request.user, "forms.submission.write")
    errors: dict[str, str] = {}
    if request.method == "POST" and mine:
        typed = request.POST.dict()
        try:
            errors = submissions.save_draft(submission, typed)
            if "submit" in typed:
                submissions.submit(submission, typed, request.user)
                toast(request, _("Handed in. Head office reads it now."))
                return redirect("servicedesk:forms")
        except submissions.FormRefused as refusal:
            errors = refusal.errors
        if request.htmx:
            return render(request, "servicedesk/forms/saved.html", {"errors": errors})
    elif mine and submission.is_open:
        submissions.refresh_facts(submission, keep_typed=True)
    rows = rows_of(submission, errors, previous_of(submission))
    context = {
        "submission": submission,
        "period": Period.parse(submission.period),
        "figures": [row for row in rows if row.field.kind in ("number", "money")],
        "words": [row for row in rows if row.field.kind not in ("number", "money")],
        "whole_error": errors.get("", ""),
        "whole_remark": submission.remarks.get("", ""),
        "writes": mine and submission.is_open,
        "reviews": can(request.user, "forms.submission.review") and submission.state == FormSubmission.State.SUBMITTED,
    }
    return render(request, "servicedesk/forms/form.html", context, status=422 if errors else 200)


@permit("forms.submission.review")
@require_POST
def form_review(request: StaffRequest, pk: int) -> HttpResponse:
    """Accept, or return with remarks at the fields; then on to the next one."""
    submission = get_object_or_404(visible(request.user, FormSubmission), pk=pk)
    remarks = {key.removeprefix("remark-"): text for key, text in request.POST.items() if key.startswith("remark-")}
    remarks[""] = request.POST.get("remark", "")
    try:
        if "accept" in request.POST:
            submissions.accept(submission, request.user)
            toast(request, _("Accepted: %(name)s") % {"name": submission.staff.name})
        else:
            submissions.return_(submission, remarks, request.user)
            toast(request, _("Returned to %(name)s") % {"name": submission.staff.name})
    except submissions.FormRefused as refusal:
        warn(request, str(refusal))
        return redirect("servicedesk:form", pk=submission.pk)
    following = visible(request.user, FormSubmission).awaiting_review().filter(period=submission.period).first()
    if following:
        return redirect("servicedesk:form", pk=following.pk)
    return redirect(f"{reverse('servicedesk:forms')}?period={submission.period}")
