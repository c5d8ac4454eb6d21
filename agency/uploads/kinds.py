"""Kinds of tables that can be uploaded. An app registers its kinds when it is ready; the pages are the same for all.

register(UploadKind("workers.roster", table=ROSTER, permission="workers.roster.import", importer=RosterImport, …))
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise

from agency.reasons import Reason
from agency.spreadsheets.checking import ParsedRow
from agency.spreadsheets.columns import Finding, Table

if TYPE_CHECKING:
    from agency.staff.models import StaffMember

    from .models import Upload


@dataclass(frozen=True)
class Situation:
    """For whom a table is checked and imported, and for what (`context`, plain JSON, from the kind's form)."""

    agency_id: int
    by: StaffMember
    context: dict[str, Any]


class Importer(ABC):
    """What a kind does with the rows: one is made for each dry run and for each import.

    Everything runs inside the agency. The dry run calls `check` alone. The import checks once more, in one
    transaction, calls `write` with each batch right after its `check`, and `finish` at the end; nothing is kept when
    any check finds an error. A table imported twice must change nothing the second time.
    """

    def __init__(self, situation: Situation) -> None:
        self.situation = situation

    def check(self, rows: Sequence[ParsedRow]) -> Iterable[Finding]:
        """Yield what does not fit to the agency's data; `row.good` tells whether the cells alone were fine."""
        return ()

    @abstractmethod
    def write(self, rows: Sequence[ParsedRow]) -> None:
        """Write the rows just checked."""

    @abstractmethod
    def finish(self) -> None:
        """Do what concerns the table as a whole: record, announce."""

    def notes(self) -> list[Reason]:
        """Say what the import will do (after the dry run) or has done."""
        return []


@dataclass(frozen=True)
class UploadKind:
    """One kind of table with all that its pages need.

    `url_name` is the common start of its URL names (`workers:roster` for `workers:roster_new` …), `back` the page
    to return to, `form` a form whose cleaned values but the file become the context, as text. `label` names the field
    by which a row is told from others. Where every sender writes the table in another way, `table_of` gives it as the
    sender named in the context does, `sender` the name under which their headers are remembered, and `offers` what
    else can be done with a file that was read, as (address, words).
    """

    name: str
    table: Table
    permission: str
    importer: type[Importer]
    url_name: str
    back: str
    title: str | Promise
    lead: str | Promise
    form: type[forms.Form]
    label: str = "name"
    table_of: Callable[[dict[str, Any]], Table] | None = None
    sender: Callable[[dict[str, Any]], str] | None = None
    offers: Callable[[Upload], list[tuple[str, str]]] | None = None

    def table_for(self, context: dict[str, Any]) -> Table:
        """Return the table as the sender of a file writes it; call inside the agency."""
        return self.table_of(context) if self.table_of else self.table

    def memory(self, context: dict[str, Any]) -> str:
        """Return the name under which the headers of a file are remembered."""
        return f"{self.name}:{self.sender(context)}" if self.sender else self.name


_kinds: dict[str, UploadKind] = {}


def register(kind: UploadKind) -> UploadKind:
    """Make a kind known; return it."""
    _kinds[kind.name] = kind
    return kind


def kind_of(name: str) -> UploadKind:
    """Return a registered kind. Raises `KeyError`."""
    return _kinds[name]
