"""Give an agency the categories and ready-made answers that ship with the product; afterwards they are its own."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from .category_models import CannedAnswer, CaseCategory

SHIPPED = Path(__file__).parent / "data"
SINCE = dt.date(2026, 1, 1)


def install_default_categories() -> int:
    """Add the shipped categories and answers the active agency lacks; return how many were added. Safe to repeat."""
    keys = set(CaseCategory.objects.values_list("key", flat=True))
    categories = [
        CaseCategory(valid_from=SINCE, **{**row, **_hours(row)})
        for row in _shipped("categories")
        if row["key"] not in keys
    ]
    titles = set(CannedAnswer.objects.values_list("title", flat=True))
    answers = [CannedAnswer(**row) for row in _shipped("answers") if row["title"] not in titles]
    return len(CaseCategory.objects.bulk_create(categories)) + len(CannedAnswer.objects.bulk_create(answers))


def _shipped(name: str) -> list[dict[str, Any]]:
    return json.loads((SHIPPED / f"{name}.json").read_text(encoding="utf-8"))


def _hours(row: dict[str, Any]) -> dict[str, dt.time]:
    return {name: dt.time.fromisoformat(row[name]) for name in ("opens", "closes") if name in row}
