"""The lines above and below the data as people type them: cells parted by tab or “ | ”, a sum as {total_fen:money}."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from payroll.files.layouts import STYLES, LayoutError

_SUM = re.compile(r"\{(\w+):(\w+)\}")
_PARTED = re.compile(r"\t| \| ")


def read_lines(text: str) -> list[list[Any]]:
    """Read lines of cells. Raises `LayoutError` for a sum written in no known way."""
    return [[_cell(cell.strip()) for cell in _PARTED.split(line)] for line in text.splitlines() if line.strip()]


def written_lines(lines: Iterable[Iterable[Any]]) -> str:
    """Write lines of cells as they are typed."""
    return "\n".join(" | ".join(map(_typed, line)) for line in lines)


def _cell(text: str) -> Any:
    found = _SUM.fullmatch(text)
    if not found:
        return text
    if found[2] not in STYLES:
        raise LayoutError(
            _("“%(style)s” is no way to write a value: %(known)s.") % {"style": found[2], "known": ", ".join(STYLES)}
        )
    return {"field": found[1], "style": found[2]}


def _typed(cell: Any) -> str:
    return cell if isinstance(cell, str) else f"{{{cell['field']}:{cell.get('style', 'text')}}}"
