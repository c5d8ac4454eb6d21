"""What the page of one score shows."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from agency.models import StaffMember
from agency.periods import Period
from servicedesk.scoring.card_models import Kind, Rule
from servicedesk.scoring.explaining import Explanation, Gain, best_gains
from servicedesk.scoring.replaying import Replay, replay
from servicedesk.scoring.sheet_models import ScoreLine, ScoreSheet
from servicedesk.scoring.wording import percent

SMALL_LOSS = Fraction(4, 5)
# Pages that only the person concerned may open: what somebody answered in an exam, what somebody pays in wages.
ONES_OWN = ("training:result", "payroll:run")


@dataclass(frozen=True)
class Row:
    """One line as the page shows it."""

    line: ScoreLine
    explanation: Explanation

    @property
    def measured(self) -> str:
        """The raw figures, "41 / 46"; nothing where a rate was drawn towards the team's or events count."""
        if not self.line.used or self.line.rule != Rule.LINEAR or "team_permille" in self.facts:
            return ""
        return f"{self.line.numerator:,} / {self.line.denominator:,}"

    @property
    def facts(self) -> dict[str, int]:
        return self.explanation.measured.get("facts", {})

    @property
    def share(self) -> str:
        share = self.explanation.share
        return "" if share is None else percent(share)

    @property
    def target(self) -> str:
        target = self.explanation.target
        return "" if target is None else percent(target)

    @property
    def filled(self) -> int:
        """How much of the points was won, in whole per cent."""
        return self.line.points_tenths * 100 // self.line.max_tenths if self.line.max_tenths else 0

    @property
    def state(self) -> str:
        """`ok` for full points, `warn` for less than four fifths."""
        if not self.line.lost_tenths:
            return "ok"
        return "warn" if Fraction(self.line.points_tenths, self.line.max_tenths) < SMALL_LOSS else ""

    @property
    def records(self) -> int:
        found = self.explanation.measured
        return len(found.get("evidence", [])) + found.get("unlisted", 0)


@dataclass(frozen=True)
class Section:
    """The lines of one kind with their sums in tenths."""

    kind: Kind
    rows: list[Row]

    @property
    def points_tenths(self) -> int:
        return sum(row.line.points_tenths for row in self.rows)

    @property
    def max_tenths(self) -> int:
        return sum(row.line.max_tenths for row in self.rows)

    @property
    def filled(self) -> int:
        return self.points_tenths * 100 // self.max_tenths if self.max_tenths else 0


@dataclass(frozen=True)
class ScorePage:
    """A sheet, its sections, what would raise it, how it compares, and whether it can be computed again."""

    sheet: ScoreSheet
    period: Period
    sections: list[Section]
    gains: list[Gain]
    proof: Replay
    change_tenths: int | None
    place: int | None
    of: int

    @property
    def reachable_tenths(self) -> int:
        return self.sheet.total_tenths + sum(gain.tenths for gain in self.gains)

    @property
    def is_running(self) -> bool:
        return self.sheet.inputs["pace"] != [1, 1]


def page_of(sheet: ScoreSheet) -> ScorePage:
    """Gather what the page of a sheet shows, compared with the month before and with the colleagues."""
    period = Period.parse(sheet.period)
    explanations = [Explanation(line, sheet.inputs) for line in sheet.lines.all()]
    sections = [
        Section(kind, [Row(item.line, item) for item in explanations if item.line.kind == kind]) for kind in Kind
    ]
    before = ScoreSheet.objects.latest().of_period(period.previous()).filter(staff=sheet.staff_id, max_tenths__gt=0)
    before_tenths = before.values_list("total_tenths", flat=True).first()
    others = list(
        ScoreSheet.objects.latest().of_period(period).filter(max_tenths__gt=0).values_list("total_tenths", flat=True)
    )
    return ScorePage(
        sheet=sheet,
        period=period,
        sections=[section for section in sections if section.rows],
        gains=best_gains(explanations),
        proof=replay(sheet),
        change_tenths=None if before_tenths is None else sheet.total_tenths - before_tenths,
        place=1 + sum(other > sheet.total_tenths for other in others) if sheet.is_latest else None,
        of=len(others),
    )


def evidence_of(explanation: Explanation, viewer: StaffMember) -> list[dict[str, Any]]:
    """Return the records behind a line with their addresses; a record whose page the viewer cannot open has none."""
    own = explanation.line.sheet.staff_id == viewer.pk
    shown = []
    for record in explanation.measured.get("evidence", []):
        try:
            url = reverse(record["url"], kwargs=record["params"]) if own or record["url"] not in ONES_OWN else ""
        except NoReverseMatch:
            url = ""
        if url and record["query"]:
            url = f"{url}?{urlencode(record['query'])}"
        day = dt.date.fromisoformat(record["day"]) if record["day"] else None
        shown.append({**record, "url": url, "day": day})
    return shown
