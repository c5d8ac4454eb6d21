"""What a batch of a roster changes, gathered while it is checked and written in a few statements."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from agency.pinyin import initials, sort_key
from agency.privacy.fields import index_field
from agency.tenancy.context import current_agency_id
from agency.tenancy.copying import copy_rows, next_keys
from workers.models import BankAccount, InsuranceEnrolment, LabourContract, Placement, Worker

from .known import OnFile

ORDER = (Worker, LabourContract, Placement, InsuranceEnrolment, BankAccount)
# Personal numbers stay sealed where a row is read in order to be changed.
SEALED = {Worker: ("identity_number", "phone"), BankAccount: ("number",)}
# What is computed from a field goes with it, since bulk updates pass by `save`.
WITH = {
    (Worker, "phone"): ("phone", "phone_index", "phone_tail"),
    (BankAccount, "number"): ("number", "number_index"),
}
PARENTS = ("worker", "client", "site", "post")


class New(SimpleNamespace):
    """A row to be made, with its fields; it has its key from when it is written, if others point at it."""

    pk: int | None = None


class Changes:
    """New rows and changed fields, by model. Nothing is written for a row that is as it should be."""

    def __init__(self) -> None:
        self.new: defaultdict[Any, list[New]] = defaultdict(list)
        self.changed: defaultdict[Any, dict[int, dict[str, Any]]] = defaultdict(dict)
        self.count = 0

    def add(self, model: Any, **values: Any) -> New:
        """Create a row."""
        row = New(**values)
        self.new[model].append(row)
        self.count += 1
        return row

    def set(self, row: OnFile, **values: Any) -> None:
        """Change fields of a row; those that are right already are left alone."""
        for name, value in values.items():
            if getattr(row, name) != value:
                self._put(row, name, value)

    def replace_number(self, row: OnFile, name: str, value: str) -> None:
        """Change an encrypted number together with its blind index, if it is another one."""
        index = index_field(row.model, name)
        assert index is not None
        wanted = index.index_for(value, current_agency_id())
        if getattr(row, index.attname) != wanted:
            self._put(row, name, value)
            setattr(row, index.attname, wanted)

    def move(self, row: OnFile, **parents: Any) -> None:
        """Point a row at other parents, which may still be without a key; None leaves one as it is."""
        for name, parent in parents.items():
            if parent is not None and (parent.pk is None or parent.pk != getattr(row, f"{name}_id")):
                self._put(row, name, parent)

    def update(self) -> None:
        """Write the changed fields, before any new row: what ends makes room for its successor."""
        for model in ORDER:
            if self.changed[model]:
                self._update(model)
        self.changed.clear()

    def take(self, others: Changes) -> int:
        """Take over the new rows of others; return how many wait."""
        for model, rows in others.new.items():
            self.new[model] += rows
        return sum(map(len, self.new.values()))

    def insert(self) -> None:
        """Write the new rows, parents first."""
        self._complete(self.new[Worker])
        for model in ORDER:
            if self.new[model]:
                copy_rows(model, _columns(model, self.new[model]))
        self.new.clear()

    def _put(self, row: OnFile, name: str, value: Any) -> None:
        setattr(row, name, value)
        self.changed[row.model].setdefault(row.pk, {})[name] = value
        self.count += 1

    def _update(self, model: Any) -> None:
        by_fields: defaultdict[tuple[str, ...], list[Any]] = defaultdict(list)
        changed = self.changed[model]
        rows = model.objects.defer(*SEALED.get(model, ())).filter(pk__any_of=[*changed])
        for row in rows:
            names: set[str] = set()
            for name, value in changed[row.pk].items():
                setattr(row, name, value)
                names.update(WITH.get((model, name), (name,)))
                if (index := index_field(model, name)) is not None:
                    setattr(row, index.attname, index.index_of(row))
                if name == "phone":
                    row.phone_tail = value[-4:]
            by_fields[tuple(sorted(names))].append(row)
        for fields, same in by_fields.items():
            model.objects.bulk_update(same, fields, batch_size=500)

    def _complete(self, workers: list[New]) -> None:
        """Give new workers their keys, sort keys, and the span that their one contract gives them.

        The trigger would set the same span, in a second version of each row with all its index entries.
        """
        for worker, key in zip(workers, next_keys(Worker, len(workers)) if workers else (), strict=True):
            worker.pk = key
            worker.name_pinyin, worker.name_initials = sort_key(worker.name), initials(worker.name)
            worker.phone_tail = worker.phone[-4:]
            worker.joined_on = worker.left_on = None
        for contract in self.new[LabourContract]:
            if isinstance(contract.worker, New):
                contract.worker.joined_on, contract.worker.left_on = contract.valid_from, contract.valid_to


def _columns(model: Any, rows: list[New]) -> dict[str, list[Any]]:
    values = [vars(row) for row in rows]
    named = set().union(*values)
    columns: dict[str, list[Any]] = {"id": [row.pk for row in rows]} if model is Worker else {}
    for field in model._meta.concrete_fields:
        if field.name in PARENTS:
            parents = [row[field.name] for row in values]
            columns[field.attname] = [None if parent is None else parent.pk for parent in parents]
        elif field.name in named:
            default = field.get_default()
            columns[field.attname] = [row.get(field.name, default) for row in values]
    return columns
