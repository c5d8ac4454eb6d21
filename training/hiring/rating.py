"""Hand in a rating, apart from the others; the last one lets the rule speak."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from agency.calendar import today
from agency.models import StaffMember
from agency.notifications.sending import notify
from training.hiring.competences import STEPS, competences
from training.hiring.deciding import Rule, Verdict, decide
from training.hiring.models import Candidate, Outcome, Rating
from training.problems import TrainingError


def submit_rating(rating: Rating, scores: dict[str, int], remarks: str = "") -> Rating:
    """Hand in a rating, once and for good, and decide when it was the last.

    Raises `TrainingError` when it is handed in already or a competence is not rated from 1 to 5. The candidate's row
    is locked, so that the last of two raters at once sees the other's.
    """
    candidate = Candidate.objects.select_for_update().get(pk=rating.candidate_id)
    rating = Rating.objects.select_related("rater").get(pk=rating.pk)
    if rating.submitted_at:
        raise TrainingError(_("You have handed this rating in. It cannot be changed."))
    keys = [competence.key for competence in competences(rating.competences_version)]
    if set(scores) != set(keys) or any(score not in STEPS for score in scores.values()):
        raise TrainingError(_("Rate each of the five competences from 1 to 5."))
    rating.scores = {key: scores[key] for key in keys}
    rating.remarks, rating.submitted_at = remarks.strip(), timezone.now()
    rating.save()
    record("hiring.rating.submitted", subject=candidate, actor=rating.rater)
    _decide(candidate, rating.rater)
    return rating


def _decide(candidate: Candidate, by: StaffMember) -> None:
    if candidate.ratings.waiting().exists():
        return
    rule = Rule.on(today())
    verdict = decide(list(candidate.ratings.submitted().values_list("scores", flat=True)), rule)
    if verdict.is_final:
        _keep(candidate, verdict, rule, by)
    _tell(candidate, verdict)


def _tell(candidate: Candidate, verdict: Verdict) -> None:
    def title() -> str:
        words = _("Candidate %(number)d is decided")
        if verdict.state == "third":
            words = _("The raters of candidate %(number)d are far apart")
        return words % {"number": candidate.number}

    url = reverse("training:candidate", kwargs={"pk": candidate.pk})
    notify(candidate.entered_by, f"hiring.candidate.{verdict.state}", title, url)


def _keep(candidate: Candidate, verdict: Verdict, rule: Rule, by: StaffMember) -> None:
    workings = {
        "medians_tenths": verdict.medians_tenths,
        "mean_tenths": verdict.mean_tenths,
        "below_floor": list(verdict.below_floor),
        "disagreeing": list(verdict.disagreeing),
        "ratings": [[r.rater_id, r.scores] for r in candidate.ratings.submitted().order_by("pk")],
    }
    Outcome.objects.create(
        candidate=candidate,
        decision=verdict.state,
        rule_version=rule.version,
        workings=workings,
        decided_at=timezone.now(),
    )
    record("hiring.candidate.decided", subject=candidate, actor=by, decision=verdict.state, rule=rule.version)
