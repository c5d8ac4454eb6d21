"""Find the workers a sheet names by employee number or identity number, and say what is wrong with a name."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from agency.reasons import _, reason
from agency.spreadsheets.checking import Batch, ParsedRow
from agency.spreadsheets.columns import Finding
from agency.tenancy.context import current_agency_id
from workers.models import Worker


class Person(NamedTuple):
    """What a sheet needs to know of a worker."""

    pk: int
    name: str
    employee_no: str
    identity_index: str


class People:
    """The people a batch of rows names, found by number or identity in one query."""

    def __init__(self, rows: Iterable[ParsedRow]) -> None:
        numbers = {row.values["employee_no"] for row in rows} - {None}
        index = Worker._meta.get_field("identity_index")
        self.index_of = {
            number: index.index_for(number, current_agency_id())
            for number in {row.values["identity_number"] for row in rows} - {None}
        }
        named = Q(employee_no__any_of=numbers) | Q(identity_index__any_of=self.index_of.values())
        known = [Person(*row) for row in Worker.objects.filter(named).order_by().values_list(*Person._fields)]
        self.by_number = {worker.employee_no: worker for worker in known}
        self.by_index = {worker.identity_index: worker for worker in known}
        self.keys = {worker.pk for worker in known}

    def of(self, row: ParsedRow) -> tuple[Person | None, Finding | None]:
        """Return a row's worker, or what is wrong with how it names them."""
        number, identity = row.values["employee_no"], row.values["identity_number"]
        if number is None and identity is None:
            return None, None
        found = [self.by_number.get(number)] if number is not None else []
        found += [self.by_index.get(self.index_of[identity])] if identity is not None else []
        if None in found:
            words = _("Nobody in the roster has this number. Check it, or employ the person first.")
            return None, at_key(row, reason(words))
        if len({worker.pk for worker in found if worker}) > 1:
            words = _("Employee number and identity number belong to two people. Check which is right.")
            return None, Finding("identity_number", reason(words), row=row.row)
        worker = found[0]
        name = row.values["name"]
        if worker is not None and name is not None and name != worker.name:
            words = _("This number belongs to %(known)s. Check name and number.")
            return None, Finding("name", reason(words, known=worker.name), row=row.row)
        return worker, None


class Placed:
    """The workers of some placements, to find the rows that are plainly theirs without a query a batch."""

    def __init__(self, placements: QuerySet | None = None) -> None:
        self.workers: set[int] = set()
        self.by_number: dict[str, Person] = {}
        self.by_index: dict[str, Person] = {}
        if placements is not None:
            self.add(placements)

    def add(self, placements: QuerySet) -> None:
        """Read the workers of these placements too, in one query."""
        fields = [f"worker__{name}" for name in Person._fields]
        # Whole tuples at once: a client may have a hundred thousand.
        known = [Person(*row) for row in placements.order_by().values_list(*fields).distinct()]
        self.workers |= {person.pk for person in known}
        self.by_number |= {person.employee_no: person for person in known}
        self.by_index |= {person.identity_index: person for person in known}

    def plainly(self, rows: Batch) -> list[int | None]:
        """Return each row's worker where number, identity number and name all fit; None says only: look closer."""
        columns = rows.columns
        index: Any = Worker._meta.get_field("identity_index")
        indexes = index.indexes_for(columns["identity_number"], current_agency_id())
        found = []
        for number, seen, name in zip(columns["employee_no"], indexes, columns["name"], strict=True):
            person = self.by_index.get(seen) if number is None else self.by_number.get(number)
            fits = person is not None and seen in (None, person.identity_index) and name in (None, person.name)
            found.append(person.pk if person is not None and fits else None)
        return found


def at_key(row: ParsedRow, why: Any) -> Finding:
    field = "employee_no" if row.values["employee_no"] is not None else "identity_number"
    return Finding(field, why, row=row.row)
