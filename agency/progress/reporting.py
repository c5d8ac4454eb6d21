"""What a running job says about itself, and how it notices that it must stop."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.tenancy.context import tenant

from .models import BackgroundJob, State

log = structlog.get_logger("zhudian.progress")
SECONDS_BETWEEN_MESSAGES = 0.5


class JobFailed(Exception):
    """Stop the job with a sentence for people: what, where, how to mend it."""


class JobLost(Exception):
    """The job was cancelled, or another worker took it over: stop without writing anything more."""


class Progress:
    """The hand of a running job. Every write is checked against the attempt, so that a lost worker stops."""

    def __init__(self, job: BackgroundJob) -> None:
        self.job_id, self.agency_id, self.attempt = job.pk, job.agency_id, job.attempt
        self.done = 0
        self.result: dict[str, Any] = {}
        self._said = 0.0

    @contextmanager
    def step(self, message: str = "", amount: int = 1) -> Iterator[None]:
        """Run one step in a transaction of the agency, and count it in the same transaction.

        The job's row is written last, so that somebody who cancels does not wait for the step. A step takes
        less than two minutes. Raises `JobLost`, which undoes the step.
        """
        if message:
            self.say(message)
        with tenant(self.agency_id):
            yield
            self.done += amount
            self._write(done=self.done)

    def of(self, total: int) -> None:
        """Say how many pieces of work there are."""
        self._commit(total=total, done=self.done)

    def say(self, message: str) -> None:
        """Say what is being done; written at most twice a second. Raises `JobLost`."""
        now = time.monotonic()
        if now - self._said >= SECONDS_BETWEEN_MESSAGES:
            self._said = now
            self._commit(message=message)

    def finish(self, state: State, message: str = "") -> None:
        """Write how the job ended."""
        self._commit(state=state, message=message, result=self.result, done=self.done, finished_at=timezone.now())

    def _commit(self, **values: Any) -> None:
        with tenant(self.agency_id):
            self._write(**values)

    def _write(self, **values: Any) -> None:
        mine = BackgroundJob.objects.filter(pk=self.job_id, state=State.RUNNING, attempt=self.attempt)
        if not mine.update(heartbeat_at=timezone.now(), **_cut(values)):
            raise JobLost(self.job_id)


@contextmanager
def report_progress(job: BackgroundJob) -> Iterator[Progress]:
    """Report a claimed job from here on: done at the end of the block, failed when it raises.

    `JobFailed` is written as it stands, `JobLost` ends the block quietly; any other error is logged, noted in
    words that tell people what to do, and raised again.
    """
    progress = Progress(job)
    try:
        yield progress
        progress.finish(State.DONE)
    except JobLost:
        log.info("job_lost", job=job.pk, attempt=job.attempt)
    except JobFailed as failure:
        progress.finish(State.FAILED, str(failure))
    except Exception:
        log.exception("job_failed", job=job.pk, kind=job.kind)
        text = _("The program made a mistake. Repeat it; if it stops again, report job %(number)d.")
        progress.finish(State.FAILED, text % {"number": job.pk})
        raise


def _cut(values: dict[str, Any]) -> dict[str, Any]:
    limit = BackgroundJob._meta.get_field("message").max_length
    return {name: value[:limit] if name == "message" else value for name, value in values.items()}
