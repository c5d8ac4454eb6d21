"""Store what a dry run has found, and read it page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from agency.reasons import Reason
from agency.spreadsheets.checking import CellError
from agency.spreadsheets.columns import Table

from .models import FindingsPage, Upload

SIZE = FindingsPage.SIZE
TALLIES = 8
AT_ONCE = 200


def store(upload: Upload, table: Table, found: Sequence[CellError], labels: dict[int, str], *, serious: bool) -> None:
    """Replace the errors (or warnings) of an upload; personal numbers are masked before they are stored."""
    FindingsPage.objects.filter(upload=upload, serious=serious).delete()
    pages: list[FindingsPage] = []
    for first in range(0, len(found), SIZE):
        findings = [error.as_json(table) | {"who": labels.get(error.row, "")} for error in found[first : first + SIZE]]
        pages.append(FindingsPage(upload=upload, serious=serious, number=first // SIZE, findings=findings))
        if len(pages) == AT_ONCE:
            FindingsPage.objects.bulk_create(pages)
            pages = []
    FindingsPage.objects.bulk_create(pages)


def tally(found: Iterable[CellError]) -> list[dict[str, Any]]:
    """Count which problems come most, by column and kind of problem, with an example."""
    counted: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], Reason] = {}
    for error in found:
        key = (error.header, error.reason.msgid)
        counted[key] += 1
        examples.setdefault(key, error.reason)
    return [
        {"header": key[0], "reason": examples[key].as_json(), "count": count}
        for key, count in counted.most_common(TALLIES)
    ]


class Findings(Sequence):
    """All errors (or warnings) of an upload as a sequence for a paginator; a page is one row of the database."""

    def __init__(self, upload: Upload, *, serious: bool) -> None:
        self.upload, self.serious = upload, serious

    def __len__(self) -> int:
        return self.upload.error_count if self.serious else self.upload.warning_count

    def __getitem__(self, part: Any) -> Any:
        if not isinstance(part, slice):
            return self[part : part + 1][0]
        if not len(self):
            return []
        first, last = part.start or 0, len(self) if part.stop is None else part.stop
        pages = FindingsPage.objects.filter(
            upload=self.upload,
            serious=self.serious,
            number__gte=first // SIZE,
            number__lte=max(first, last - 1) // SIZE,
        ).order_by("number")
        rows = [finding for page in pages for finding in page.findings]
        offset = first % SIZE
        return [shown_to_people(finding) for finding in rows[offset : offset + last - first]]


def shown_to_people(finding: dict[str, Any]) -> dict[str, Any]:
    """Return a stored finding with its reason as a sentence and its cell as a key."""
    return finding | {"reason": Reason.from_json(finding["reason"]), "key": f"{finding['row']}{finding['column']}"}
