"""A sheet that is read and checked in one go, for tables small enough to be written while a person waits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, Protocol, TypeVar

from .checking import Batch, DryRun, Report
from .columns import Finding, Table
from .uploads import Upload


class Checker(Protocol):
    """Whoever compares the rows of a sheet with what is on file."""

    def check(self, rows: Batch) -> Iterable[Finding]: ...


C = TypeVar("C", bound=Checker)


class CheckedSheet(Generic[C]):
    """A checked sheet: the `report`, the `upload` to mark up, and the `importer` that knows what would be written.

    A sheet without its required columns is not read any further.
    """

    def __init__(self, upload: Upload, table: Table, importer: C) -> None:
        self.upload, self.importer = upload, importer
        self.report = Report()
        if upload.mapping.complete:
            run = DryRun(upload.sheet, table, upload.headers, upload.mapping, checks=[importer.check])
            self.report = run.run()

    @property
    def problems(self) -> list[Any]:
        """Say which columns the sheet lacks."""
        return self.upload.mapping.problems(self.upload.headers)

    @property
    def is_clean(self) -> bool:
        return self.upload.mapping.complete and self.report.clean
