"""Enter a candidate and choose who rates, apart from each other."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from agency.audit import record
from agency.calendar import today
from agency.models import StaffMember
from agency.notifications.sending import notify
from agency.permissions import can
from training.hiring.competences import current_version
from training.hiring.deciding import Rule, decide
from training.hiring.models import Candidate, CandidatePrivate, Rating
from training.problems import TrainingError

RATE = "hiring.candidate.rate"


def enter(candidate: Candidate, private: CandidatePrivate, raters: Sequence[StaffMember], by: StaffMember) -> Candidate:
    """Enter a candidate under the next number with the raters of the rule.

    Raises `TrainingError` unless the raters are different people who may rate and did not enter the candidate: whoever
    typed the name and the gender knows what a rater must not.
    """
    rule = Rule.on(today())
    if len({rater.pk for rater in raters}) != rule.raters:
        raise TrainingError(_("Choose %(n)d different raters.") % {"n": rule.raters})
    candidate.entered_by = by
    for rater in raters:
        _may_rate(candidate, rater)
    _number(candidate)
    private.candidate = candidate
    private.save()
    record("hiring.candidate.entered", subject=candidate, actor=by)
    for rater in raters:
        _assign(candidate, rater, by)
    return candidate


def assign_third(candidate: Candidate, rater: StaffMember, by: StaffMember) -> Rating:
    """Ask a third rater. Raises `TrainingError` unless the first two are in and too far apart."""
    candidate = Candidate.objects.select_for_update().get(pk=candidate.pk)
    ratings = list(candidate.ratings.all())
    submitted = [rating.scores for rating in ratings if rating.submitted_at]
    if len(submitted) < len(ratings) or decide(submitted, Rule.on(today())).state != "third":
        raise TrainingError(_("A third rater is asked only when the first two are far apart."))
    _may_rate(candidate, rater)
    return _assign(candidate, rater, by)


def change_rater(rating: Rating, rater: StaffMember, by: StaffMember) -> Rating:
    """Ask somebody else in place of a rater who has not rated. Raises `TrainingError` when they have."""
    rating = Rating.objects.select_for_update().get(pk=rating.pk)
    if rating.submitted_at:
        raise TrainingError(_("This rating is handed in. It stays."))
    _may_rate(rating.candidate, rater)
    rating.delete()
    return _assign(rating.candidate, rater, by)


def _may_rate(candidate: Candidate, rater: StaffMember) -> None:
    if not (rater.is_active and can(rater, RATE)):
        raise TrainingError(_("%(name)s may not rate candidates. Choose somebody else.") % {"name": rater.name})
    if rater.pk == candidate.entered_by_id:
        raise TrainingError(_("%(name)s entered this candidate and knows too much to rate.") % {"name": rater.name})
    if candidate.pk and candidate.ratings.filter(rater=rater).exists():
        raise TrainingError(_("%(name)s rates this candidate already.") % {"name": rater.name})


def _assign(candidate: Candidate, rater: StaffMember, by: StaffMember) -> Rating:
    version = candidate.ratings.values_list("competences_version", flat=True).first() or current_version(today())
    rating = Rating.objects.create(candidate=candidate, rater=rater, competences_version=version)
    record("hiring.rater.assigned", subject=candidate, actor=by, rater=rater.pk)
    notify(
        rater,
        "hiring.rating.asked",
        lambda: _("Please rate candidate %(number)d") % {"number": candidate.number},
        reverse("training:rate", kwargs={"pk": rating.pk}),
        key=f"hiring-rating-{rating.pk}",
    )
    return rating


def _number(candidate: Candidate) -> None:
    """Save under the next number; two people entering at once get two numbers."""
    for attempt in range(3):
        candidate.number = (Candidate.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        try:
            with transaction.atomic():
                candidate.save()
        except IntegrityError:
            if attempt == 2:
                raise
            continue
        return
