"""Keep which sheet and which columns a person chose, and remember it for the next file of the agency."""

from __future__ import annotations

from agency.spreadsheets.headers import normalised

from .kinds import kind_of
from .models import KnownHeader, Upload


def choose_sheet(upload: Upload, name: str) -> bool:
    """Read another sheet of the file; its columns are found anew. Return False when there is no such sheet."""
    if name not in upload.reading.get("sheets", []):
        return False
    upload.sheet, upload.choices, upload.corrections = name, None, ""
    upload.save(update_fields=["sheet", "choices", "corrections"])
    return True


def choose_mapping(upload: Upload, choices: dict[str, str]) -> None:
    """Read the columns as chosen, by letter; every next file of this kind and sender is read the same way."""
    upload.choices = choices
    upload.save(update_fields=["choices"])
    known = {
        normalised(header["group"] + header["text"])[:200]: choices.get(header["letter"], "")
        for header in upload.reading.get("headers", [])
    }
    memory = kind_of(upload.kind).memory(upload.context)
    KnownHeader.objects.bulk_create(
        [KnownHeader(kind=memory, header=header, field=name) for header, name in known.items() if header],
        update_conflicts=True,
        unique_fields=["agency", "kind", "header"],
        update_fields=["field"],
    )
