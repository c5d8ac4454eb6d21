"""The agency's scorecard: the default one as data, and the one that holds for a month."""

import datetime as dt
import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agency.audit import record
from agency.periods import Period
from servicedesk.scoring.card_models import Rule, Scorecard, ScorecardLine
from servicedesk.scoring.measures import registered

DEFAULT = Path(__file__).parent / "data" / "default_scorecard.json"


class CardError(ValueError):
    """A card that cannot be installed, or none that holds; says what to mend."""


def install_default_scorecard() -> Scorecard:
    """Give the active agency the default scorecard, once; return it."""
    return install(json.loads(DEFAULT.read_text(encoding="utf-8")))


@transaction.atomic
def install(data: Mapping[str, Any]) -> Scorecard:
    """Install a card from data unless this version exists; the card before it ends where this one begins.

    Raises `CardError` for a line that could not be computed: unknown measure or rule, a floor not below the target, an
    event without a price.
    """
    existing = Scorecard.objects.filter(name=data["name"], version=data["version"]).first()
    if existing:
        return existing
    for line in data["lines"]:
        check_line(line)
    start = dt.date.fromisoformat(data["valid_from"])
    Scorecard.objects.valid_on(start).filter(valid_from__lt=start).update(valid_to=start)
    card = Scorecard.objects.create(
        name=data["name"],
        version=data["version"],
        valid_from=start,
        source=data["source"],
        provisional=data["provisional"],
    )
    ScorecardLine.objects.bulk_create(
        ScorecardLine(card=card, order=place * 10, **line) for place, line in enumerate(data["lines"], start=1)
    )
    record("scoring.scorecard.installed", subject=card, lines=len(data["lines"]))
    return card


def check_line(line: Mapping[str, Any]) -> None:
    """Raise `CardError` unless the line can be computed."""
    key, params = line["key"], line["params"]
    if line["measure"] not in registered():
        raise CardError(f"{key}: no measure is called {line['measure']!r}")
    if line["rule"] not in Rule.values:
        raise CardError(f"{key}: no rule is called {line['rule']!r}")
    if line["rule"] == Rule.LINEAR and Fraction(params.get("floor", "0")) >= Fraction(line["target"]):
        raise CardError(f"{key}: the floor must be below the target")
    unpriced = set(registered()[line["measure"]].events) - set(params.get("per", {}))
    if line["rule"] == Rule.DEDUCT and unpriced:
        raise CardError(f"{key}: say how much is off for {', '.join(sorted(unpriced))}")


def card_for(period: Period) -> Scorecard:
    """Return the card valid on the month's first day; an agency that has written none scores by the default one.

    Raises `CardError` for a month before any.
    """
    if not Scorecard.objects.exists():
        install_default_scorecard()
    card = Scorecard.objects.valid_on(period.first_day).prefetch_related("lines").first()
    if card is None:
        raise CardError(_("No scorecard holds in %(period)s. Add one valid on its first day.") % {"period": period})
    return card


def as_inputs(card: Scorecard) -> dict[str, Any]:
    """Return the card as a sheet keeps it."""
    kept = ("key", "kind", "order", "title", "title_en", "measure", "rule", "target", "points", "params")
    return {
        "name": card.name,
        "version": card.version,
        "lines": [{name: getattr(line, name) for name in kept} for line in card.lines.all()],
    }
