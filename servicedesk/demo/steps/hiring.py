"""The month's candidates for a specialist's post: entered by the trainer, rated by two people apart."""

import datetime as dt
import json
from typing import Any

from agency.permissions import Role
from agency.staff.models import StaffMember
from training.hiring.entering import enter
from training.hiring.rating import submit_rating
from training.models import Candidate, CandidatePrivate

from .base import Month, Tally


def rate_candidates(month: Month) -> Tally:
    """Enter each candidate of 招聘.json once, to be rated by the reviewer and the manager; hand in what is there."""
    sheet = month.file("招聘.json")
    if sheet is None:
        return Tally(note="no candidates in the folder")
    trainer, raters = month.holders(Role.TRAINER)[0], [month.reviewer, month.holders(Role.MANAGER)[0]]
    made = known = 0
    for data in json.loads(sheet.read_text(encoding="utf-8")):
        day = dt.date.fromisoformat(data["applied_on"])
        with month.on(day, trainer, hour=10):
            if Candidate.objects.filter(applied_on=day).exists():
                known += 1
                continue
            candidate = _enter(data, day, trainer, raters)
            ratings = list(candidate.ratings.select_related("rater"))
        for rating in ratings:
            if scores := data["ratings"].get(rating.rater.name):
                with month.on(day, rating.rater, hour=15):
                    submit_rating(rating, scores)
        made += 1
    return Tally(made, known)


def _enter(data: dict[str, Any], day: dt.date, trainer: StaffMember, raters: list[StaffMember]) -> Candidate:
    private = CandidatePrivate(
        name=data["name"], phone=data["phone"], major=data["major"], gender=data["gender"],
    )  # fmt: skip
    return enter(Candidate(education=data["education"], applied_on=day), private, raters, trainer)
