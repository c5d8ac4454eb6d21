"""The decision rule. Pure: ratings and a rule in, a verdict out.

Per competence the median of the raters counts: of two it is their mean, of three the middle one, so that one outlier
cannot decide. Suitable is whoever reaches the rule's mean over all competences and falls below its floor in none.
Two raters who differ by `disagreement` steps anywhere need a third before anything is decided. Figures are tenths.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, Self

from training.hiring.versions import by_name, valid_on

State = Literal["waiting", "third", "suitable", "unsuitable"]
Scores = dict[str, int]


@dataclass(frozen=True)
class Rule:
    version: str
    mean_tenths: int
    floor_tenths: int
    raters: int
    disagreement: int

    @property
    def mean(self) -> Decimal:
        return Decimal(self.mean_tenths).scaleb(-1)

    @property
    def floor(self) -> Decimal:
        return Decimal(self.floor_tenths).scaleb(-1)

    @classmethod
    def on(cls, day: dt.date) -> Self:
        """Return the rule that holds on a day."""
        return cls._of(valid_on("decision_rules", day))

    @classmethod
    def named(cls, version: str) -> Self:
        """Return a rule by its version."""
        return cls._of(by_name("decision_rules", version))

    @classmethod
    def _of(cls, given: dict[str, Any]) -> Self:
        return cls(**{name: given[name] for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Verdict:
    """What the rule says: the median of each competence and their mean in tenths, and what falls below the floor."""

    state: State
    medians_tenths: dict[str, int]
    mean_tenths: int = 0
    below_floor: tuple[str, ...] = ()
    disagreeing: tuple[str, ...] = ()

    @property
    def is_final(self) -> bool:
        return self.state in {"suitable", "unsuitable"}


def decide(ratings: list[Scores], rule: Rule) -> Verdict:
    """Apply the rule to the ratings handed in. All ratings name the same competences."""
    if len(ratings) < rule.raters:
        return Verdict("waiting", {})
    apart = tuple(key for key in ratings[0] if _spread(ratings, key) >= rule.disagreement)
    if apart and len(ratings) == rule.raters:
        return Verdict("third", {}, disagreeing=apart)
    medians = {key: median_tenths([scores[key] for scores in ratings]) for key in ratings[0]}
    total, below = sum(medians.values()), tuple(key for key, value in medians.items() if value < rule.floor_tenths)
    suitable = total >= rule.mean_tenths * len(medians) and not below
    return Verdict("suitable" if suitable else "unsuitable", medians, total // len(medians), below, apart)


def median_tenths(values: list[int]) -> int:
    """Return the median in tenths: 3 and 4 give 35."""
    ordered, middle = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return ordered[middle] * 10
    return (ordered[middle - 1] + ordered[middle]) * 5


def _spread(ratings: list[Scores], key: str) -> int:
    values = [scores[key] for scores in ratings]
    return max(values) - min(values)
