"""Say in plain words what a sign rests on, and what may innocently lie behind it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from .models import EvidenceSignal

Kind = EvidenceSignal.Kind
Figures = Mapping[str, Any]


def explain(signal: EvidenceSignal) -> str:
    """Return one or two sentences with the figures."""
    return _SENTENCES[Kind(signal.kind)](signal.figures)


def innocent(signal: EvidenceSignal) -> str:
    """Return what may be behind it without any fault."""
    return str(_INNOCENT[Kind(signal.kind)]())


def _text(figures: Figures) -> str:
    percent = {"percent": figures["permille"] // 10, "limit": figures["limit"] // 10}
    if figures["same_writer"]:
        return _(
            "%(percent)d%% of the words are those of an earlier record of the same person; from %(limit)d%% on."
        ) % (percent)
    return _("%(percent)d%% of the words are those of a colleague's earlier record; from %(limit)d%% on.") % percent


def _photo(figures: Figures) -> str:
    return _("The photo is nearly that of another record: %(bits)d of 64 points differ.") % figures


def _overlap(figures: Figures) -> str:
    return _("For %(minutes)d minutes the specialist was at another place by another record.") % figures


def _travel(figures: Figures) -> str:
    return _("%(km)s km in %(minutes)d minutes after the talk before: over %(limit)d km/h, on a straight line.") % {
        **figures,
        "km": f"{figures['metres'] / 1000:.1f}",
    }


def _burst(figures: Figures) -> str:
    return _("%(count)d records were written down within ten minutes; from %(limit)d on.") % figures


def _late(figures: Figures) -> str:
    return _("Written down %(days)d days after the talk; over %(limit)d days.") % figures


def _silent(figures: Figures) -> str:
    return _("None of %(talks)d talks of this specialist with this person was ever confirmed.") % figures


_SENTENCES: dict[Kind, Callable[[Figures], str]] = {
    Kind.TEXT: _text,
    Kind.PHOTO: _photo,
    Kind.OVERLAP: _overlap,
    Kind.TRAVEL: _travel,
    Kind.BURST: _burst,
    Kind.LATE: _late,
    Kind.SILENT: _silent,
}
_INNOCENT: dict[Kind, Callable[[], str]] = {
    Kind.TEXT: lambda: _(
        "The same thing may have been said by several people, for instance when the hot water failed."
    ),
    Kind.PHOTO: lambda: _("One photo may rightly belong to two talks on one round."),
    Kind.OVERLAP: lambda: _("A start or a length may have been written down roughly."),
    Kind.TRAVEL: lambda: _("A start may have been written down roughly, or a site's position may be wrong."),
    Kind.BURST: lambda: _("The phone may have had no signal and sent everything at once."),
    Kind.LATE: lambda: _("There may have been no time or no signal."),
    Kind.SILENT: lambda: _("The person may have no phone at hand, or not know what the link is for."),
}
