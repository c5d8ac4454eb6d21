"""The only door to names and phones of candidates, and how they are erased."""

import datetime as dt

from django.db.models import DateField, Q
from django.db.models.functions import Coalesce, TruncDate

from agency.audit import record
from agency.calendar.clock import time_zone
from agency.models import StaffMember
from agency.permissions import can
from agency.privacy.retention import CANDIDATE
from training.hiring.models import Candidate, CandidatePrivate


def names_for(staff: StaffMember, candidates: list[Candidate]) -> dict[int, str]:
    """Return the names a person may know, by candidate id.

    Whoever entered a candidate knows the name; those who see outcomes learn it with the outcome. A rater does not.
    """
    known = [c.pk for c in candidates if c.entered_by_id == staff.pk or _is_told(staff, c)]
    if not known:
        return {}
    rows = CandidatePrivate.objects.filter(candidate__in=known, erased_on=None).only("candidate_id", "name")
    return {row.candidate_id: row.name for row in rows}


def contact_for(staff: StaffMember, candidate: Candidate) -> CandidatePrivate | None:
    """Return name and phone, without gender and major, under the same rule as `names_for`."""
    if candidate.pk not in names_for(staff, [candidate]):
        return None
    return CandidatePrivate.objects.only("name", "phone", "candidate_id").get(candidate=candidate)


def erase_due(on: dt.date) -> int:
    """Erase name, phone and major half a year after the decision, or after an application nobody decided.

    Gender and education stay: without a name they only count. Return how many were erased; safe to repeat.
    """
    decided = TruncDate("candidate__outcome__decided_at", tzinfo=time_zone())
    rows = CandidatePrivate.objects.filter(erased_on=None, candidate__applied_on__lt=on)
    rows = rows.annotate(event=Coalesce(decided, "candidate__applied_on", output_field=DateField()))
    due = [row.pk for row in rows.defer("name", "phone", "major") if _may_go(row.event, on)]
    erased = CandidatePrivate.objects.filter(Q(pk__in=due)).update(name="", phone="", major="", erased_on=on)
    if erased:
        record("hiring.candidates.erased", count=erased)
    return erased


def _is_told(staff: StaffMember, candidate: Candidate) -> bool:
    return getattr(candidate, "outcome", None) is not None and can(staff, "hiring.outcome.view")


def _may_go(event: dt.date, on: dt.date) -> bool:
    until = CANDIDATE.until(event)
    return until is not None and until <= on
