"""The state of a record behind a figure, as a badge: its look and its words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

STATES: dict[str, tuple[str, Any]] = {
    "late": ("late", _("late")),
    "missing": ("bad", _("not handed in")),
    "returned": ("returned", _("sent back")),
    "unconfirmed": ("soon", _("not confirmed")),
    "bad_rating": ("warn", _("not good")),
    "spot_true": ("ok", _("true")),
    "spot_partly": ("warn", _("differs in part")),
    "spot_false": ("bad", _("not true")),
}


def record_state(state: str) -> tuple[str, Any] | None:
    """Return a badge's look and words, or None for a record without a judgement."""
    return STATES.get(state)
