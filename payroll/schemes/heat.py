"""Heat allowances (高温津贴) by city and month: data with a source, provisional until read in the notice."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from agency.periods import Period

FILE = Path(__file__).with_name("heat.json")


@cache
def heat_rules() -> tuple[dict[str, Any], ...]:
    """Return the shipped rules, the latest first."""
    rules = json.loads(FILE.read_text(encoding="utf-8"))["cities"]
    return tuple(sorted(rules, key=lambda rule: rule["valid_from"], reverse=True))


def heat_fen(city: str, period: Period) -> int:
    """Return a month's heat allowance in fen; 0 outside the season and where none is known."""
    for rule in heat_rules():
        if city in rule["cities"] and rule["valid_from"] <= period.first_day.isoformat():
            return int(rule["monthly_fen"]) if period.month in rule["months"] else 0
    return 0
