"""What a batch of a roster changes, gathered while it is checked and written in a few statements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from workers.models import BankAccount, InsuranceEnrolment, LabourContract, Placement, Worker

ORDER = (Worker, LabourContract, Placement, InsuranceEnrolment, BankAccount)
# What is computed from a field goes with it, since bulk updates pass by `save`.
WITH = {
    (Worker, "phone"): ("phone", "phone_index", "phone_tail"),
    (BankAccount, "number"): ("number", "number_index"),
}


@dataclass
class Changes:
    """New rows and changed fields, by model. Nothing is written for a row that is as it should be."""

    new: dict[type, list[Any]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[type, dict[int, tuple[Any, set[str]]]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, row: Any) -> None:
        """Create a row."""
        self.new[type(row)].append(row)

    def set(self, row: Any, **values: Any) -> None:
        """Change fields of a row; those that are right already are left alone."""
        for name, value in values.items():
            if getattr(row, name) != value:
                self._put(row, name, value)

    def replace_number(self, row: Any, name: str, value: str) -> None:
        """Change an encrypted number together with its blind index, if it is another one."""
        index = next(f for f in type(row)._meta.concrete_fields if getattr(f, "source", "") == name)
        if getattr(row, index.attname) != index.index_for(value, row.agency_id):
            self._put(row, name, value)
            setattr(row, index.attname, index.index_of(row))

    def move(self, row: Any, **parents: Any) -> None:
        """Point a row at other parents, which may still be without a key; None leaves one as it is."""
        for name, parent in parents.items():
            if parent is not None and (parent.pk is None or parent.pk != getattr(row, f"{name}_id")):
                self._put(row, name, parent)

    def __len__(self) -> int:
        return sum(map(len, self.new.values())) + sum(map(len, self.changed.values()))

    def write(self) -> None:
        """Write everything: what ends first, so that nothing overlaps when its successor begins."""
        for model in ORDER:
            self._update(model)
        for model in ORDER:
            if rows := self.new[model]:
                model.objects.bulk_create(rows)

    def _put(self, row: Any, name: str, value: Any) -> None:
        setattr(row, name, value)
        fields = self.changed[type(row)].setdefault(row.pk, (row, set()))[1]
        fields.update(WITH.get((type(row), name), (name,)))

    def _update(self, model: Any) -> None:
        by_fields: defaultdict[tuple[str, ...], list[Any]] = defaultdict(list)
        for row, names in self.changed[model].values():
            if model is Worker:
                row.phone_tail = str(row.phone)[-4:] if "phone" in names and row.phone else row.phone_tail
            by_fields[tuple(sorted(names))].append(row)
        for fields, rows in by_fields.items():
            model.objects.bulk_update(rows, fields, batch_size=500)
