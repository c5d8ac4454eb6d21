"""Candidates: the list, the blind rating, the outcome, and whether the rule treats all alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from agency.calendar import today
from agency.pagination import paginate
from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.privacy import revealing
from agency.shell.editing import Text, edit
from agency.shell.toasts import toast
from training.hiring import fairness as fair
from training.hiring.competences import competences
from training.hiring.deciding import Rule
from training.hiring.entering import assign_third, change_rater, enter
from training.hiring.forms import CandidateForm, RaterForm, RatingForm
from training.hiring.models import Candidate, Rating
from training.hiring.outcomes import outcome_of
from training.hiring.private import names_for
from training.hiring.queries import candidates_for, ratings_of, ratings_shown_to
from training.hiring.rating import submit_rating
from training.hiring.secrets import phone_of
from training.problems import TrainingError


@contextmanager
def told_in_the_form() -> Iterator[None]:
    """Show what the rules do not allow as an error of the form."""
    try:
        yield
    except TrainingError as wrong:
        raise ValidationError(str(wrong)) from None


def tabs(request: StaffRequest, current: str) -> list[dict[str, Any]]:
    """Return the tabs of the hiring pages."""
    names = [("training:candidates", _("Candidates"))]
    if request.user.can("hiring.outcome.view"):
        names.append(("training:fairness", _("Does the rule treat all alike?")))
    return [{"url": reverse(name), "label": label, "current": name == current} for name, label in names]


@permit("hiring.candidate.rate")
def candidates(request: StaffRequest) -> HttpResponse:
    page = paginate(request, candidates_for(request.user), 30)
    rows = list(page.object_list)
    names, own = names_for(request.user, rows), ratings_of(request.user, rows)
    cards = [(candidate, names.get(candidate.pk, ""), own.get(candidate.pk)) for candidate in rows]
    context = {"page": page, "cards": cards, "tabs": tabs(request, "training:candidates")}
    return render(request, "training/hiring/candidates.html", context)


@permit("hiring.candidate.manage")
def candidate_new(request: StaffRequest) -> HttpResponse:
    form = CandidateForm(request.POST or None, by=request.user, initial={"applied_on": today()})

    def save(form: CandidateForm) -> str:
        with told_in_the_form():
            enter(form.candidate(), form.private(), list(form.cleaned_data["raters"]), request.user)
        return reverse("training:candidates")

    return edit(
        request,
        form,
        save,
        title=_("New candidate"),
        verb=_("Enter the candidate"),
        done=_("Entered. Both raters are told."),
        back=reverse("training:candidates"),
        crumb=_("Hiring"),
    )


@permit("hiring.outcome.view")
def candidate(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible(request.user, Candidate).select_related("outcome", "entered_by"), pk=pk)
    seats = list(found.ratings.select_related("rater").defer("scores", "remarks").order_by("pk"))
    outcome = outcome_of(found)
    context = {
        "candidate": found,
        "name": names_for(request.user, [found]).get(found.pk, ""),
        "phone": phone_of(request.user, found),
        "outcome": outcome,
        "seats": seats,
        "needs_third": outcome is None and all(seat.submitted_at for seat in seats),
        "ratings": [(r, _scored(r)) for r in ratings_shown_to(request.user, found)],
        "own": found.ratings.filter(rater=request.user).first(),
        "rule": outcome.rule if outcome else Rule.on(today()),
        "may_manage": request.user.can("hiring.candidate.manage"),
    }
    return render(request, "training/hiring/candidate.html", context)


@permit("privacy.candidate_phone.reveal")
@require_http_methods(["GET", "POST"])
def candidate_phone(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible(request.user, Candidate).select_related("outcome"), pk=pk)
    secret = phone_of(request.user, found)
    if secret is None:
        raise Http404
    return revealing.answer(request, secret)


@permit("hiring.candidate.rate")
def rate(request: StaffRequest, pk: int) -> HttpResponse:
    rating = get_object_or_404(request.user.candidate_ratings.select_related("candidate"), pk=pk)
    form = RatingForm(request.POST or None, competences=competences(rating.competences_version))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                submit_rating(rating, form.scores(), form.cleaned_data["remarks"])
        except TrainingError as wrong:
            form.add_error(None, str(wrong))
        else:
            toast(request, str(_("Handed in. Now you may see the others' ratings.")))
            return redirect("training:rate", pk=pk)
    shown = [(r, _scored(r)) for r in ratings_shown_to(request.user, rating.candidate)] if rating.submitted_at else []
    context = {"rating": rating, "candidate": rating.candidate, "form": form, "ratings": shown}
    return render(request, "training/hiring/rate.html", context, status=422 if form.errors else 200)


@permit("hiring.candidate.manage")
def rater_third(request: StaffRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible(request.user, Candidate), pk=pk)

    def save(form: RaterForm) -> str:
        with told_in_the_form():
            assign_third(found, form.cleaned_data["rater"], request.user)
        return reverse("training:candidate", kwargs={"pk": pk})

    return _rater(request, found, save, _("Ask a third rater"))


@permit("hiring.candidate.manage")
def rater_change(request: StaffRequest, pk: int) -> HttpResponse:
    rating = get_object_or_404(visible(request.user, Rating).select_related("candidate", "rater"), pk=pk)

    def save(form: RaterForm) -> str:
        with told_in_the_form():
            change_rater(rating, form.cleaned_data["rater"], request.user)
        return reverse("training:candidate", kwargs={"pk": rating.candidate_id})

    return _rater(request, rating.candidate, save, _("Ask somebody else than %(name)s") % {"name": rating.rater.name})


@permit("hiring.outcome.view")
def fairness(request: StaffRequest) -> HttpResponse:
    tables = [(_("By gender"), fair.by_gender()), (_("By education"), fair.by_education())]
    context = {"tables": tables, "least": fair.SMALLEST_GROUP, "tabs": tabs(request, "training:fairness")}
    return render(request, "training/hiring/fairness.html", context)


def _rater(request: StaffRequest, candidate: Candidate, save: Any, title: Text) -> HttpResponse:
    return edit(
        request,
        RaterForm(request.POST or None, candidate=candidate),
        save,
        title=title,
        verb=_("Ask them"),
        done=_("Asked."),
        back=reverse("training:candidate", kwargs={"pk": candidate.pk}),
        crumb=str(candidate),
    )


def _scored(rating: Rating) -> list[tuple[str, int]]:
    return [(c.label, rating.scores[c.key]) for c in competences(rating.competences_version) if c.key in rating.scores]
