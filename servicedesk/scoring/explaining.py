"""Say in sentences how a line came to its points, and what would raise the score most."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from agency.shell.formats import tenths
from servicedesk.scoring.card_models import Rule
from servicedesk.scoring.evaluating import bounds
from servicedesk.scoring.measures import measure_called
from servicedesk.scoring.sheet_models import ScoreLine
from servicedesk.scoring.wording import percent


@dataclass(frozen=True)
class Gain:
    """What to do, and how many tenths of a point it is worth."""

    words: str
    tenths: int
    line: ScoreLine


class Explanation:
    """One line of a sheet with the snapshot it was computed from."""

    def __init__(self, line: ScoreLine, inputs: Mapping[str, Any]) -> None:
        self.line = line
        self.pace_days: list[int] = inputs["pace"]
        self.pace = Fraction(*self.pace_days)
        self.rules = next(rules for rules in inputs["card"]["lines"] if rules["key"] == line.key)
        self.measured: dict[str, Any] = inputs["measured"][line.key] or {}
        self.measure = measure_called(line.measure)

    @property
    def share(self) -> Fraction | None:
        """The measured share; None for lines of events, and for those that do not apply."""
        if not self.line.used or self.line.rule == Rule.DEDUCT:
            return None
        return Fraction(self.line.numerator, self.line.denominator)

    @property
    def target(self) -> Fraction | None:
        return bounds(self.rules, self.pace)[1] if self.line.rule == Rule.LINEAR else None

    @property
    def is_paced(self) -> bool:
        return self.line.rule == Rule.LINEAR and bool(self.rules["params"].get("paced")) and self.pace < 1

    @property
    def missing(self) -> int:
        """How many more would reach the target; 0 where that is no number of things.

        Minutes of talks add to both sides of their share, everything else has a fixed number.
        """
        share, target = self.share, self.target
        if share is None or target is None or share >= target:
            return 0
        done, of = self.line.numerator, self.line.denominator
        more = (target * of - done) / (1 - target) if self.measure.grows else target * of - done
        return -(-more.numerator // more.denominator)

    def sentences(self) -> list[str]:
        """Return the facts, the rule's answer, and what moved the points of the line."""
        if not self.line.used:
            return [str(self.measure.absent), self._given_away()]
        said = [str(self.measure.says) % self.measured["facts"], self._rule()]
        if self.is_paced:
            gone, days = self.pace_days
            said.append(
                _("%(gone)d of %(days)d workdays have come, so the target stands at %(target)s.")
                % {"gone": gone, "days": days, "target": percent(self.target or Fraction(0))}
            )
        if self.line.max_tenths != self.line.base_tenths:
            said.append(
                _("It counts %(full)s instead of %(base)s points: other lines do not apply this month.")
                % {"full": tenths(self.line.max_tenths), "base": tenths(self.line.base_tenths)}
            )
        return said

    def gain(self) -> Gain | None:
        """Return what full points would take, or None when there is nothing to win."""
        if not self.line.used or not self.line.lost_tenths:
            return None
        counts = {"missing": self.missing, "hours": -(-self.missing // 60)}
        return Gain(str(self.measure.raises) % counts, self.line.lost_tenths, self.line)

    def _rule(self) -> str:
        won = {"points": tenths(self.line.points_tenths), "full": tenths(self.line.max_tenths)}
        if self.line.rule == Rule.DEDUCT:
            return _("%(points)s of %(full)s points remain after the deductions.") % won
        assert self.share is not None
        if self.line.rule == Rule.BANDS:
            won["share"] = percent(self.share)
            return _("The band for %(share)s gives %(points)s of %(full)s points.") % won
        floor, target = bounds(self.rules, self.pace)
        return _("%(share)s, between nothing at %(floor)s and all from %(target)s: %(points)s of %(full)s points.") % {
            "share": percent(self.share),
            "floor": percent(floor),
            "target": percent(target),
            **won,
        }

    def _given_away(self) -> str:
        return _("Its %(base)s points go to the other lines.") % {"base": tenths(self.line.base_tenths)}


def best_gains(explanations: list[Explanation], limit: int = 3) -> list[Gain]:
    """Return what would raise the score most, the most first."""
    gains = [gain for gain in (explanation.gain() for explanation in explanations) if gain]
    return sorted(gains, key=lambda gain: -gain.tenths)[:limit]
