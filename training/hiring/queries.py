"""What one person may see of candidates and ratings. Nothing here reads `CandidatePrivate`."""

from django.db.models import Count, Q, QuerySet

from agency.models import StaffMember
from agency.permissions import can
from training.hiring.models import Candidate, Outcome, Rating


def ratings_shown_to(staff: StaffMember, candidate: Candidate) -> QuerySet[Rating]:
    """Return the ratings a person may read now.

    One's own always. Others' only handed in, and only after one's own is; whoever does not rate sees them once the
    candidate is decided, because they may be asked as the third rater until then.
    """
    rows = Rating.objects.filter(candidate=candidate).select_related("rater").order_by("pk")
    own = rows.filter(rater=staff).first()
    if own is not None:
        return rows.submitted() if own.submitted_at else rows.filter(pk=own.pk)
    decided = Outcome.objects.filter(candidate=candidate).exists()
    return rows.submitted() if decided and can(staff, "hiring.outcome.view") else rows.none()


def candidates_for(staff: StaffMember) -> QuerySet[Candidate]:
    """Return the candidates a person deals with: all for those who see outcomes, else those to rate."""
    rows = (
        Candidate.objects.all() if can(staff, "hiring.outcome.view") else Candidate.objects.filter(ratings__rater=staff)
    )
    counts = {"asked": Count("ratings"), "handed_in": Count("ratings", filter=~Q(ratings__submitted_at=None))}
    wanted = Candidate.objects.filter(pk__in=rows.values("pk")).annotate(**counts)
    return wanted.select_related("outcome", "entered_by").order_by("-number")


def ratings_of(staff: StaffMember, candidates: list[Candidate]) -> dict[int, Rating]:
    """Return one's own rating, handed in or not, by candidate id."""
    own = Rating.objects.filter(rater=staff, candidate__in=[candidate.pk for candidate in candidates])
    return {rating.candidate_id: rating for rating in own}
