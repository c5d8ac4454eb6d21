"""What a person should look at before a run is handed in, and what must be mended first."""

import numpy as np

from agency.money import Column

from .check_rules import RULES
from .situation import Check, CheckRule, Level, Situation

__all__ = ["Check", "CheckRule", "Level", "Situation", "found_in", "run_checks", "tally"]


def run_checks(seen: Situation) -> tuple[Column, Column]:
    """Return for each row its `Check` bits and its loudest `Level`."""
    n = len(seen.slips)
    checks, attention = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for rule in RULES:
        found = rule.find(seen)
        checks[found] |= int(rule.check)
        attention[found] = np.maximum(attention[found], int(rule.level))
    return checks, attention


def tally(checks: Column) -> dict[str, int]:
    """Count the rows each check found, by its name; those that found none are left out."""
    counts = {rule.check.name: int(np.count_nonzero(checks & int(rule.check))) for rule in RULES}
    return {str(name): count for name, count in counts.items() if count}


def found_in(code: int) -> list[CheckRule]:
    """Return the rules behind one row's bits, the loudest first."""
    return sorted((rule for rule in RULES if code & rule.check), key=lambda rule: -rule.level)
