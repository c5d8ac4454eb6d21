"""Import a roster: check each batch against what is on file, and write only what differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from agency.audit import record
from agency.calendar import today
from agency.periods import Period
from agency.reasons import Reason, _, reason
from agency.spreadsheets.checking import ParsedRow
from agency.spreadsheets.columns import Finding, Values
from agency.uploads.kinds import Importer, Situation
from workers.models import Worker
from workers.people.hiring import next_employee_no
from workers.signals import roster_imported

from . import spans
from .changes import Changes, New
from .directory import Directory
from .known import Known, OnFile, load
from .person import apply_person, check_person

NAMES_SHOWN = 12
# New rows of several batches are written in one statement, which costs the same for one as for thousands.
AT_ONCE = 30_000


class RosterImport(Importer):
    """One roster on its way in; `situation.context` holds the `period` from whose first day changes hold.

    What a batch would change is worked out while it is checked, so that the dry run can say it and the import only
    has to write it.
    """

    def __init__(self, situation: Situation) -> None:
        super().__init__(situation)
        self.period = Period.parse(situation.context["period"])
        self.on: dt.date = self.period.first_day
        self.today = today()
        self.directory = Directory(situation.by, self.today)
        self.changes = Changes()
        self.client_ids: set[int] = set()
        self.new, self.changed, self.unchanged = 0, 0, 0
        self._unnumbered: list[New] = []
        self._waiting = Changes()

    def check(self, rows: Sequence[ParsedRow]) -> Iterator[Finding]:
        """Yield what does not fit to the clients, people and rows on file."""
        known = load(rows, self.situation.agency_id)
        self.changes = Changes()
        for row in rows:
            for finding in self._check_row(row, known):
                yield Finding(finding.field, finding.reason, finding.warning, row.row, finding.suggestion)

    def write(self, rows: Sequence[ParsedRow]) -> None:
        """Write what the batch just checked has changed; new rows wait until they are many."""
        self.directory.save_new()
        self._unnumbered += [worker for worker in self.changes.new[Worker] if not worker.employee_no]
        self.changes.update()
        if self._waiting.take(self.changes) >= AT_ONCE:
            self._waiting.insert()

    def finish(self) -> None:
        """Number new workers, record the import if it changed anything, and announce each client's roster."""
        self._waiting.insert()
        self._give_numbers()
        clients = [self.directory[pk] for pk in sorted(self.client_ids)]
        if self.new or self.changed:
            record(
                "workers.roster.imported",
                period=str(self.period),
                clients=[client.pk for client in clients],
                new=self.new,
                changed=self.changed,
                unchanged=self.unchanged,
            )
        for client in clients:
            roster_imported.send(sender=RosterImport, client=client, period=self.period)

    def notes(self) -> list[Reason]:
        """Say how many workers are new or changed, and which posts and sites are new."""
        counts = _("%(new)d new workers, %(changed)d with changes, %(same)d as they were.")
        said = [reason(counts, new=self.new, changed=self.changed, same=self.unchanged)]
        for rows, words in (
            (self.directory.new_posts, _("New posts (%(count)d): %(names)s")),
            (self.directory.new_sites, _("New sites (%(count)d): %(names)s")),
        ):
            if rows:
                names = "、".join(f"{row.client.short_name} {row.name}" for row in rows[:NAMES_SHOWN])
                said.append(reason(words, count=len(rows), names=names + ("…" if len(rows) > NAMES_SHOWN else "")))
        return said

    def _check_row(self, row: ParsedRow, known: Known) -> Iterator[Finding]:
        values = row.values
        client = None
        if values["client"]:
            client, wrong = self.directory.client(values["client"])
            if wrong is not None:
                yield wrong
        number = values["identity_number"]
        worker = known.of(number) if number else None
        if number:
            wrongs = list(check_person(values, worker, known, self._may_see(worker, known)))
            yield from wrongs
            if row.good and not wrongs and client is not None:
                yield from self._plan(values, worker, client.pk, known)

    def _plan(self, values: Values, worker: OnFile | None, client_id: int, known: Known) -> Iterator[Finding]:
        client, on, changes = self.directory[client_id], self.on, self.changes
        before = changes.count
        is_new, key = worker is None, 0 if worker is None else worker.pk
        person = apply_person(values, worker, changes)
        site = self.directory.site(client, values["site"]) if values["site"] else None
        post = self.directory.post(client, values["post"], values["post_nature"])
        yield from self.directory.out_of_use(site, post)
        contracts = known.contracts.get(key, ())
        yield from spans.covered(values, contracts)
        yield from spans.contract(values, person, contracts, self.today, changes)
        placements = known.placements.get(key, ())
        newly_placed = not spans.spell_of(placements, client.pk, values["placement_start"])
        yield from spans.placement(values, person, (client, site, post), placements, on, changes)
        yield from spans.enrolment(values, person, known.enrolments.get(key, ()), on, newly_placed, changes)
        spans.account(values, person, known.accounts.get(key, ()), on, self.situation.agency_id, changes)
        self.client_ids.add(client.pk)
        self._count(is_new, changes.count > before)

    def _count(self, is_new: bool, differs: bool) -> None:
        self.new += is_new
        self.changed += differs and not is_new
        self.unchanged += not differs

    def _may_see(self, worker: OnFile | None, known: Known) -> bool:
        if worker is None or self.directory.whole_agency:
            return True
        return any(row.client_id in self.directory.served for row in known.placements.get(worker.pk, ()))

    def _give_numbers(self) -> None:
        """Number the new workers without one after all numbers of the file are taken."""
        if not self._unnumbered:
            return
        first = next_employee_no()
        numbered = [
            Worker(pk=worker.pk, employee_no=f"{int(first) + offset:0{len(first)}d}")
            for offset, worker in enumerate(self._unnumbered)
        ]
        Worker.objects.bulk_update(numbered, ["employee_no"], batch_size=500)
