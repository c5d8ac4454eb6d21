"""Standards that hold from a day on; a used one is never edited, a new version follows it."""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def versions(name: str) -> tuple[dict[str, Any], ...]:
    """Return the versions of a standard, oldest first."""
    found = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))["versions"]
    return tuple(sorted(found, key=lambda version: version["valid_from"]))


def valid_on(name: str, day: dt.date) -> dict[str, Any]:
    """Return the version that holds on a day. Raises `LookupError` before the first."""
    holding = [version for version in versions(name) if dt.date.fromisoformat(version["valid_from"]) <= day]
    if not holding:
        raise LookupError(f"no {name} hold on {day}")
    return holding[-1]


def by_name(name: str, version: str) -> dict[str, Any]:
    """Return one version. Raises `LookupError` for an unknown one."""
    for found in versions(name):
        if found["version"] == version:
            return found
    raise LookupError(f"{name} have no version {version}")
