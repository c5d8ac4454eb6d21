"""What is on file about the people of one batch of a roster, read in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from agency.privacy.blind_index import blind_index
from agency.spreadsheets.checking import ParsedRow
from workers.models import BankAccount, InsuranceEnrolment, LabourContract, Placement, Worker

# Personal numbers are compared by their blind index and never decrypted here.
SEALED = {Worker: ("identity_number", "phone"), BankAccount: ("number",)}


@dataclass
class Known:
    """Identity numbers with their blind index, workers by that index, their rows in the order of time by worker."""

    indexes: dict[str, str] = field(default_factory=dict)
    workers: dict[str, Worker] = field(default_factory=dict)
    contracts: dict[int, list[LabourContract]] = field(default_factory=dict)
    placements: dict[int, list[Placement]] = field(default_factory=dict)
    enrolments: dict[int, list[InsuranceEnrolment]] = field(default_factory=dict)
    accounts: dict[int, list[BankAccount]] = field(default_factory=dict)
    numbers: dict[str, Worker] = field(default_factory=dict)

    def of(self, identity_number: str) -> Worker | None:
        """Return the worker with an identity number."""
        return self.workers.get(self.indexes[identity_number])


def load(rows: Iterable[ParsedRow], agency_id: int) -> Known:
    """Read what is on file about the people of a batch."""
    rows = list(rows)
    identities = [row.values["identity_number"] for row in rows if row.values["identity_number"]]
    numbers = [row.values["employee_no"] for row in rows if row.values["employee_no"]]
    known = Known({number: blind_index(number, "identity_number", agency_id) for number in identities})
    workers = Worker.objects.defer(*SEALED[Worker])
    found = workers.filter(identity_index__in=known.indexes.values())
    known.workers = {worker.identity_index: worker for worker in found}
    known.numbers = {worker.employee_no: worker for worker in workers.filter(employee_no__in=numbers)}
    keys = [worker.pk for worker in known.workers.values()]
    if keys:
        known.contracts = _by_worker(LabourContract, keys)
        known.placements = _by_worker(Placement, keys)
        known.enrolments = _by_worker(InsuranceEnrolment, keys)
        known.accounts = _by_worker(BankAccount, keys)
    return known


def _by_worker(model: Any, keys: list[int]) -> dict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    rows = model.objects.filter(worker__in=keys).defer(*SEALED.get(model, ())).order_by("worker", "valid_from")
    for row in rows:
        found[row.worker_id].append(row)
    return found
