"""The rules of a card as people read them."""

from fractions import Fraction

from django.utils.translation import gettext as _

from agency.shell.formats import tenths
from servicedesk.scoring.card_models import Rule, ScorecardLine
from servicedesk.scoring.evidence_words import record_state
from servicedesk.scoring.wording import percent


def rule_in_words(line: ScorecardLine) -> str:
    """Say in a sentence how a line gives points."""
    if line.rule == Rule.DEDUCT:
        return _("; ").join(
            _("%(points)s off for each: %(event)s") % {"points": tenths(price), "event": _event(event)}
            for event, price in line.params["per"].items()
        )
    if line.rule == Rule.BANDS:
        return _("; ").join(
            _("from %(share)s: %(points)s") % {"share": percent(Fraction(at)), "points": tenths(points)}
            for at, points in line.params["bands"]
        )
    floor = Fraction(line.params.get("floor", "0"))
    bounds = {"floor": percent(floor), "target": percent(Fraction(line.target))}
    if floor:
        said = _("nothing up to %(floor)s, all from %(target)s, in proportion between") % bounds
    else:
        said = _("in proportion, all at %(target)s") % bounds
    if line.params.get("paced"):
        return said + _("; both grow with the workdays of the month")
    return said


def _event(event: str) -> str:
    known = record_state(event)
    return str(known[1]) if known else event
