"""Who a row of the roster is about."""

from __future__ import annotations

from collections.abc import Iterator

from agency.identifiers import birth_date_of
from agency.reasons import _, reason
from agency.spreadsheets.columns import Finding, Values
from workers.models import Worker

from .changes import Changes, New
from .directory import plain
from .known import Known, OnFile


def check_person(values: Values, worker: OnFile | None, known: Known, may_see: bool) -> Iterator[Finding]:
    """Compare name and employee number with those on file."""
    if worker is not None and values["name"] and plain(values["name"]) != plain(worker.name):
        if may_see:
            why = _("This identity number is %(name)s's on file. Check both, or change the name on the worker's page.")
            yield Finding("name", reason(why, name=worker.name), suggestion=worker.name)
        else:
            why = _("This identity number is on file under another name. Check both.")
            yield Finding("name", reason(why))
    holder = known.numbers.get(values["employee_no"] or "")
    if holder is not None and (worker is None or holder.pk != worker.pk):
        why = _("Number %(number)s is taken on file, by %(name)s. Use another one.")
        yield Finding("employee_no", reason(why, number=values["employee_no"], name=holder.name))


def apply_person(values: Values, worker: OnFile | None, changes: Changes) -> OnFile | New:
    """Enter a new worker, or what the file says otherwise about a known one; a blank cell says nothing."""
    if worker is None:
        number = values["identity_number"]
        return changes.add(
            Worker,
            name=values["name"],
            employee_no=values["employee_no"] or "",
            identity_number=number,
            birth_date=birth_date_of(number),
            sex=Worker.Sex.MALE if int(number[16]) % 2 else Worker.Sex.FEMALE,
            hukou=values["residence"] or "",
            phone=values["phone"] or "",
        )
    if values["employee_no"]:
        changes.set(worker, employee_no=values["employee_no"])
    if values["residence"]:
        changes.set(worker, hukou=values["residence"])
    if values["phone"]:
        changes.replace_number(worker, "phone", values["phone"])
    return worker
