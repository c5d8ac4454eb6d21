"""Other deductions (其他扣除) a worker declares by the month, each within its limits.

Sources: 财税〔2013〕103号 (annuity, 4 % of the base), 财税〔2017〕39号 (health insurance, 200 a month), 公告2024年
第21号 (private pension, 12,000 a year); the limits are data (`income_tax.json`).
"""

from dataclasses import dataclass

from agency.money import MILLION, round_fen


@dataclass(frozen=True, slots=True)
class OtherRule:
    """Hold the limits of one kind in fen, a month and a year, and as a share (millionths) of the base; None: none."""

    key: str
    monthly_limit_fen: int | None = None
    yearly_limit_fen: int | None = None
    base_millionths: int | None = None


def other_in_month(rule: OtherRule, amount_fen: int, base_fen: int, ceiling_fen: int | None = None) -> int:
    """Give what may be deducted of an amount in a month, in fen; the base counts up to the ceiling, None: no limit."""
    limits = [amount_fen]
    if rule.monthly_limit_fen is not None:
        limits.append(rule.monthly_limit_fen)
    if rule.base_millionths is not None:
        base = base_fen if ceiling_fen is None else min(base_fen, ceiling_fen)
        limits.append(round_fen(base * rule.base_millionths, MILLION))
    return min(limits)


def within_year(rule: OtherRule, fen: int) -> int:
    """Cut a year's sum of one kind to its limit."""
    return fen if rule.yearly_limit_fen is None else min(fen, rule.yearly_limit_fen)
