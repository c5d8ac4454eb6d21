"""Compute an old sheet again from what it kept, and compare tenth by tenth."""

from dataclasses import dataclass

from servicedesk.scoring.evaluating import Result, digest_of, evaluate
from servicedesk.scoring.sheet_models import ScoreSheet


@dataclass(frozen=True)
class Replay:
    """`inputs_intact`: the snapshot has its fingerprint; `same_points`: it gives the recorded lines and totals."""

    inputs_intact: bool
    same_points: bool
    result: Result

    @property
    def holds(self) -> bool:
        return self.inputs_intact and self.same_points


def replay(sheet: ScoreSheet) -> Replay:
    """Compute a sheet from its snapshot alone and compare it with what was written down."""
    result = evaluate(sheet.inputs)
    kept = [
        (line.key, line.kind, line.used, line.points_tenths, line.max_tenths, line.base_tenths)
        for line in sheet.lines.order_by("order", "pk")
    ]
    again = [
        (line.key, line.kind, line.used, line.points_tenths, line.max_tenths, line.base_tenths) for line in result.lines
    ]
    totals = (sheet.compliance_tenths, sheet.performance_tenths, sheet.total_tenths, sheet.max_tenths)
    same = kept == again and totals == (
        result.compliance_tenths,
        result.performance_tenths,
        result.total_tenths,
        result.max_tenths,
    )
    return Replay(digest_of(sheet.inputs) == sheet.inputs_digest, same, result)
