"""Does the rule treat groups alike? Selection rates side by side, never a person.

Four-fifths mark: a group's rate below 80 % of the best group's rate is a reason to look, not a proof (29 CFR 1607.4 D
of the United States names it; Chinese law forbids the unequal treatment itself: Employment Promotion Law art. 3, 27).
A table shows only when each of its groups has at least five people, else single people could be read out of it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from training.hiring.models import Candidate, CandidatePrivate, Outcome

SMALLEST_GROUP = 5
Gender = CandidatePrivate.Gender


@dataclass(frozen=True)
class Group:
    """One group: how many were decided, how many found suitable; ratio to the best group's rate in per cent."""

    label: str
    decided: int
    selected: int
    ratio: int
    is_low: bool

    @property
    def rate(self) -> int:
        """Whole per cent found suitable, rounded down."""
        return self.selected * 100 // self.decided


def compare(rows: Iterable[tuple[str, bool]]) -> list[Group] | None:
    """Compare groups of (label, was found suitable). None while a group is too small or there is only one."""
    decided: Counter[str] = Counter()
    selected: Counter[str] = Counter()
    for label, suitable in rows:
        decided[label] += 1
        selected[label] += suitable
    if len(decided) < 2 or min(decided.values()) < SMALLEST_GROUP:
        return None
    best = max(decided, key=lambda label: (Fraction(selected[label], decided[label]), label))
    return [_group(label, decided, selected, best) for label in sorted(decided)]


def by_gender() -> list[Group] | None:
    """Compare by gender, of those who said it."""
    rows = CandidatePrivate.objects.exclude(gender=Gender.UNSAID).exclude(candidate__outcome=None)
    found = rows.values_list("gender", "candidate__outcome__decision")
    return compare((str(Gender(gender).label), _is_suitable(decision)) for gender, decision in found)


def by_education() -> list[Group] | None:
    """Compare by education."""
    found = Candidate.objects.exclude(outcome=None).values_list("education", "outcome__decision")
    return compare((str(Candidate.Education(level).label), _is_suitable(decision)) for level, decision in found)


def _is_suitable(decision: str) -> bool:
    return decision == Outcome.Decision.SUITABLE


def _group(label: str, decided: Counter[str], selected: Counter[str], best: str) -> Group:
    # Cross-multiplied: rate / best rate in whole per cent, without a float.
    top = selected[best] * decided[label]
    ratio = selected[label] * decided[best] * 100 // top if top else 100
    return Group(label, decided[label], selected[label], ratio, ratio < 80)
