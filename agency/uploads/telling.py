"""Say how far the work on an upload is, also from inside one long transaction."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from agency.progress.reporting import JobLost, Progress

SECONDS = 1.0


class Teller:
    """Somebody to tell; this one keeps it to itself."""

    def tell(self, done: int, total: int) -> None:
        """Say how many rows are done. Raises `JobLost` when the work is to be given up."""


class JobTeller(Teller):
    """Tell at once what the job's page shows."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress

    def tell(self, done: int, total: int) -> None:
        self.progress.done = done
        self.progress.of(total)


class SideTeller(Teller):
    """Tell over another connection: what a transaction writes about itself nobody sees until it ends."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.state = (0, 0)
        self.lost: JobLost | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._report, daemon=True)

    def tell(self, done: int, total: int) -> None:
        self.state = (done, total)
        if self.lost is not None:
            raise self.lost

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _report(self) -> None:
        teller = JobTeller(self.progress)
        try:
            while not self._stop.wait(SECONDS):
                teller.tell(*self.state)
        except JobLost as lost:
            self.lost = lost
        finally:
            connection.close()


@contextmanager
def beside(progress: Progress) -> Iterator[Teller]:
    """Yield a teller for a block that is one long transaction."""
    if connection.in_atomic_block:
        yield JobTeller(progress)
        return
    teller = SideTeller(progress)
    teller.start()
    try:
        yield teller
    finally:
        teller.stop()
