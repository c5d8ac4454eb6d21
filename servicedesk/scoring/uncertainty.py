"""How far chance alone could move a score: for showing only, never for computing points."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import fmean, pvariance
from typing import Any

from servicedesk.scoring.evaluating import credit_of
from servicedesk.scoring.sheet_models import ScoreSheet

Z_95 = 1.96


@dataclass(frozen=True)
class Standing:
    """A score in points with its 95 % range, drawn towards the team, and the places it may hold."""

    sheet: ScoreSheet
    score: float
    error: float
    drawn: float
    first: int
    last: int

    @property
    def low(self) -> float:
        return max(0.0, self.score - Z_95 * self.error)

    @property
    def high(self) -> float:
        return min(self.sheet.max_tenths / 10, self.score + Z_95 * self.error)


def error_of(inputs: Mapping[str, Any], full: Mapping[str, int]) -> float:
    """Return the standard error of a sheet's total in points: lines that rest on few observations make it large.

    `full` gives the tenths each line can give. Each share is moved up and down by its standard error, as observed with
    two more observations of one half each (Agresti and Coull); lines of exact events do not move.
    """
    pace = Fraction(*inputs["pace"])
    squares = 0.0
    for line in inputs["card"]["lines"]:
        found = inputs["measured"][line["key"]]
        if not found or not found["trials"]:
            continue
        trials = found["trials"]
        share = (found["numerator"] / found["denominator"] * trials + 1) / (trials + 2)
        step = sqrt(share * (1 - share) / (trials + 2))
        low, high = (credit_of(line, _at(found, move), pace) for move in (-step, step))
        squares += (float(high - low) / 2 * full[line["key"]] / 10) ** 2
    return sqrt(squares)


def standings(sheets: list[tuple[ScoreSheet, float]]) -> list[Standing]:
    """Order sheets, given with their standard errors, by their scores drawn towards the team's mean.

    Empirical Bayes: the part of the spread that chance explains is taken off. Somebody is surely ahead when the
    difference is beyond 1.96 standard errors; the places left open are shown, not hidden.
    """
    scores = [sheet.total_tenths / 10 for sheet, _error in sheets]
    if not scores:
        return []
    mean = fmean(scores)
    true_spread = max(0.0, pvariance(scores) - fmean(error**2 for _sheet, error in sheets))
    ordered = []
    for (sheet, error), score in zip(sheets, scores, strict=True):
        weight = true_spread / (true_spread + error**2) if true_spread else float(error == 0)
        ahead = sum(_surely(other, score, far, error) for other, (_s, far) in zip(scores, sheets, strict=True))
        behind = sum(_surely(score, other, error, far) for other, (_s, far) in zip(scores, sheets, strict=True))
        ordered.append(Standing(sheet, score, error, mean + weight * (score - mean), 1 + ahead, len(scores) - behind))
    return sorted(ordered, key=lambda standing: (-standing.drawn, standing.first, standing.sheet.staff.name_pinyin))


def _surely(one: float, other: float, error_one: float, error_other: float) -> bool:
    return one - other > Z_95 * sqrt(error_one**2 + error_other**2)


def _at(found: Mapping[str, Any], move: float) -> dict[str, Any]:
    share = min(1.0, max(0.0, found["numerator"] / found["denominator"] + move))
    return {**found, "numerator": round(share * 1_000_000), "denominator": 1_000_000}
