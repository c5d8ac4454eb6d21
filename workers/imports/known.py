"""What is on file about the people of one batch of a roster, read in a few queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from agency.privacy.blind_index import blind_index
from agency.spreadsheets.checking import ParsedRow
from workers.models import BankAccount, InsuranceEnrolment, LabourContract, Placement, Worker

VALID = ("pk", "worker_id", "valid_from", "valid_to")
# Personal numbers are compared by their blind index and never decrypted here.
READ: dict[type, tuple[str, ...]] = {
    Worker: ("pk", "name", "employee_no", "hukou", "identity_index", "phone_index"),
    LabourContract: (*VALID, "probation_until"),
    Placement: (
        *VALID,
        *("client_id", "site_id", "post_id", "base_wage_fen", "end_reason", "internship", "cover"),
    ),
    InsuranceEnrolment: (
        *VALID,
        *("city", "base_fen", "housing_fund_base_fen", "housing_fund_rate", "supplementary_fund_rate", "variants"),
    ),
    BankAccount: (*VALID, "bank", "holder", "number_index"),
}


class OnFile(SimpleNamespace):
    """A row on file, with what the import reads of it: a tenth of what a model's instance costs."""

    model: Any
    pk: int

    def is_valid_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass
class Known:
    """Identity numbers with their blind index, workers by that index, their rows in the order of time by worker."""

    indexes: dict[str, str] = field(default_factory=dict)
    workers: dict[str, OnFile] = field(default_factory=dict)
    contracts: dict[int, list[OnFile]] = field(default_factory=dict)
    placements: dict[int, list[OnFile]] = field(default_factory=dict)
    enrolments: dict[int, list[OnFile]] = field(default_factory=dict)
    accounts: dict[int, list[OnFile]] = field(default_factory=dict)
    numbers: dict[str, OnFile] = field(default_factory=dict)

    def of(self, identity_number: str) -> OnFile | None:
        """Return the worker with an identity number."""
        return self.workers.get(self.indexes[identity_number])


def load(rows: Iterable[ParsedRow], agency_id: int) -> Known:
    """Read what is on file about the people of a batch."""
    rows = list(rows)
    identities = [row.values["identity_number"] for row in rows if row.values["identity_number"]]
    numbers = [row.values["employee_no"] for row in rows if row.values["employee_no"]]
    known = Known({number: blind_index(number, "identity_number", agency_id) for number in identities})
    by_key: dict[int, OnFile] = {}
    for condition in ({"identity_index__any_of": [*known.indexes.values()]}, {"employee_no__any_of": numbers}):
        for worker in _read(Worker, **condition):
            # Both ways lead to one and the same person.
            worker = by_key.setdefault(worker.pk, worker)
            found = known.workers if "identity_index__any_of" in condition else known.numbers
            found[worker.identity_index if found is known.workers else worker.employee_no] = worker
    keys = [worker.pk for worker in known.workers.values()]
    if keys:
        known.contracts = _by_worker(LabourContract, keys)
        known.placements = _by_worker(Placement, keys)
        known.enrolments = _by_worker(InsuranceEnrolment, keys)
        known.accounts = _by_worker(BankAccount, keys)
    return known


def _by_worker(model: Any, keys: list[int]) -> dict[int, list[OnFile]]:
    found: defaultdict[int, list[OnFile]] = defaultdict(list)
    for row in _read(model, worker_id__any_of=keys):
        found[row.worker_id].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row.valid_from)
    return found


def _read(model: Any, **condition: Any) -> list[OnFile]:
    names = READ[model]
    rows = model.objects.filter(**condition).order_by().values_list(*names)
    return [OnFile(model=model, **dict(zip(names, row, strict=True))) for row in rows]
