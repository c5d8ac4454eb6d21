"""The stored outcome of a candidate, in words."""

from dataclasses import dataclass
from decimal import Decimal

from training.hiring.competences import Competence, competences
from training.hiring.deciding import Rule
from training.hiring.models import Candidate, Outcome


@dataclass(frozen=True)
class Line:
    """One competence as it counted."""

    competence: Competence
    value: Decimal
    is_low: bool


@dataclass(frozen=True)
class Explained:
    """An outcome with the rule that held and the lines it was made of."""

    outcome: Outcome
    rule: Rule
    lines: list[Line]
    mean: Decimal

    @property
    def is_suitable(self) -> bool:
        return self.outcome.decision == Outcome.Decision.SUITABLE


def outcome_of(candidate: Candidate) -> Explained | None:
    """Return the outcome with its workings, as it was stored; None while nothing is decided."""
    outcome = getattr(candidate, "outcome", None)
    if outcome is None:
        return None
    workings, rating = outcome.workings, candidate.ratings.submitted().first()
    lines = [
        Line(competence, _shown(workings["medians_tenths"][competence.key]), competence.key in workings["below_floor"])
        for competence in competences(rating.competences_version)
    ]
    return Explained(outcome, Rule.named(outcome.rule_version), lines, _shown(workings["mean_tenths"]))


def _shown(tenths: int) -> Decimal:
    return Decimal(tenths).scaleb(-1)
