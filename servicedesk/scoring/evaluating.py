"""Compute a sheet from its inputs, and from nothing else. The same inputs give the same points for ever.

The inputs are plain JSON: `{"engine", "period", "pace": [days gone, days], "card": {"lines": [...]}, "measured": {key:
what was measured | null}}`. When the arithmetic changes, `ENGINE` goes up and the old one stays for old sheets.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from servicedesk.scoring import points
from servicedesk.scoring.card_models import Kind, Rule

ENGINE = 1


class UnknownEngine(Exception):
    """A sheet names an arithmetic that this program does not know."""


@dataclass(frozen=True)
class LineResult:
    """A line's points in tenths: won, of those it could give, of those the card gave it."""

    key: str
    kind: str
    used: bool
    points_tenths: int
    max_tenths: int
    base_tenths: int


@dataclass(frozen=True)
class Result:
    """A sheet's lines in the card's order; totals are sums of what the lines show."""

    lines: tuple[LineResult, ...]

    def of_kind(self, kind: str) -> int:
        return sum(line.points_tenths for line in self.lines if line.kind == kind)

    @property
    def compliance_tenths(self) -> int:
        return self.of_kind(Kind.COMPLIANCE)

    @property
    def performance_tenths(self) -> int:
        return self.of_kind(Kind.PERFORMANCE)

    @property
    def total_tenths(self) -> int:
        return self.compliance_tenths + self.performance_tenths

    @property
    def max_tenths(self) -> int:
        return sum(line.max_tenths for line in self.lines)


def evaluate(inputs: Mapping[str, Any]) -> Result:
    """Compute the points of every line. Raises `UnknownEngine` for inputs of another arithmetic."""
    if inputs["engine"] != ENGINE:
        raise UnknownEngine(f"engine {inputs['engine']} is not {ENGINE}")
    lines, measured = inputs["card"]["lines"], inputs["measured"]
    pace = Fraction(*inputs["pace"])
    usable = [(line["kind"], 10 * line["points"], measured[line["key"]] is not None) for line in lines]
    results = []
    for line, (kind, base, used), full in zip(lines, usable, points.redistribute(usable), strict=True):
        credit = credit_of(line, measured[line["key"]], pace) if used else Fraction(0)
        results.append(LineResult(line["key"], kind, used, points.points(credit, full), full, base))
    return Result(tuple(results))


def credit_of(line: Mapping[str, Any], measured: Mapping[str, Any], pace: Fraction) -> Fraction:
    """Return a line's credit between 0 and 1 by its rule. `pace` lowers floor and target of a running month."""
    params, base = line["params"], 10 * line["points"]
    if line["rule"] == Rule.DEDUCT:
        return points.deduct(measured["events"], params["per"], base)
    share = Fraction(measured["numerator"], measured["denominator"])
    if line["rule"] == Rule.BANDS:
        return points.banded(share, [(Fraction(at), tenths) for at, tenths in params["bands"]], base)
    floor, target = bounds(line, pace)
    return points.linear(share, floor, target)


def bounds(line: Mapping[str, Any], pace: Fraction) -> tuple[Fraction, Fraction]:
    """Return floor and target of a linear line, as far as the month has come."""
    part = pace if line["params"].get("paced") else Fraction(1)
    return Fraction(line["params"].get("floor", "0")) * part, Fraction(line["target"]) * part


def digest_of(inputs: Mapping[str, Any]) -> str:
    """Return the fingerprint of inputs, independent of the order of keys."""
    text = json.dumps(inputs, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
