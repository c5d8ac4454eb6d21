"""Declare, start, claim, cancel and repeat background jobs.

@job("payroll.calculate", title=_("Calculate wages"))
def calculate(progress: Progress, *, run_id: int) -> None:
    progress.of(96)
    for worker in ...:
        with progress.step(worker.name):
            ...

calculate.start(by=staff, run_id=7)
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from celery import Task
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise

from agency.permissions import can
from agency.tenancy.context import tenant
from agency.tenancy.tasks import send, tenant_task

from .models import ACTIVE, SILENCE, BackgroundJob, State
from .reporting import report_progress

if TYPE_CHECKING:
    from agency.staff.models import StaffMember

Body = Callable[..., dict[str, Any] | None]
KEY_LENGTH = BackgroundJob._meta.get_field("key").max_length
_kinds: dict[str, "Job"] = {}


class Job:
    """A kind of background work, declared with `job`."""

    def __init__(self, kind: str, title: str | Promise, permission: str, body: Body) -> None:
        self.kind, self.title, self.permission, self.body = kind, title, permission, body
        self.task = tenant_task(name=f"job.{kind}", bind=True, atomic_body=False)(self._task_body())

    def start(
        self, *, by: "StaffMember | None", title: str = "", url: str = "", key: str = "", **arguments: Any
    ) -> BackgroundJob:
        """Queue the job and send it after commit; return the one that is active already, if there is one.

        ``key`` tells jobs of this kind apart (default: the arguments). Arguments are plain JSON.
        """
        name = f"{self.kind}:{key or json.dumps(arguments, sort_keys=True)}"[:KEY_LENGTH]
        row = BackgroundJob(
            kind=self.kind,
            title=title or str(self.title),
            key=name,
            arguments=arguments,
            url=url,
            started_by=by,
        )
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            return BackgroundJob.objects.active().get(key=name)
        send(self.task, row.pk)
        return row

    def _task_body(self) -> Callable[..., None]:
        def run(task: Task, job_id: int, *, agency_id: int) -> None:
            claimed = claim(job_id, agency_id)
            if claimed is not None:
                with report_progress(claimed) as progress:
                    progress.result = self.body(progress, **claimed.arguments) or {}
            elif is_running(job_id, agency_id):
                # The message came again because a worker was lost; whoever lives will have said so by then.
                raise task.retry(countdown=SILENCE.total_seconds(), max_retries=30)

        run.__name__ = self.body.__name__
        return run


def job(kind: str, *, title: str | Promise, permission: str = "") -> Callable[[Body], Job]:
    """Declare a function ``body(progress, **arguments)`` as background work under a dotted name.

    It runs outside any transaction and works in steps (`progress.step`), each inside its agency. It may be
    killed at any line and is then run again from the start, so each step must be safe to repeat.
    ``permission`` is what cancelling and repeating asks for; without one, only who started the job may.
    """

    def declare(body: Body) -> Job:
        _kinds[kind] = Job(kind, title, permission, body)
        return _kinds[kind]

    return declare


def claim(job_id: int, agency_id: int) -> BackgroundJob | None:
    """Take a waiting or abandoned job by one conditional update; return None when it is not to be had."""
    with tenant(agency_id):
        now = timezone.now()
        taken = BackgroundJob.objects.claimable().filter(pk=job_id)
        if not taken.update(state=State.RUNNING, attempt=F("attempt") + 1, heartbeat_at=now, done=0, message=""):
            return None
        return BackgroundJob.objects.get(pk=job_id)


def is_running(job_id: int, agency_id: int) -> bool:
    """Tell whether some worker has the job."""
    with tenant(agency_id):
        return BackgroundJob.objects.filter(pk=job_id, state=State.RUNNING).exists()


def cancel(job_id: int) -> bool:
    """Stop a job that waits or runs, at its worker's next step; return whether there was one to stop."""
    active = BackgroundJob.objects.filter(pk=job_id, state__in=ACTIVE)
    return bool(active.update(state=State.CANCELLED, finished_at=timezone.now()))


def repeat(previous: BackgroundJob, *, by: "StaffMember") -> BackgroundJob:
    """Run a job again that has ended; one whose worker has died goes on under its own number."""
    kind = _kinds[previous.kind]
    if previous.is_silent:
        send(kind.task, previous.pk)
        return previous
    key = previous.key.removeprefix(f"{previous.kind}:")
    return kind.start(by=by, title=previous.title, url=previous.url, key=key, **previous.arguments)


def may_control(staff: "StaffMember", started: BackgroundJob) -> bool:
    """Tell whether a person may cancel and repeat a job."""
    kind = _kinds.get(started.kind)
    if kind is not None and kind.permission:
        return can(staff, kind.permission)
    return started.started_by_id == staff.pk


def is_repeatable(ended: BackgroundJob) -> bool:
    """Tell whether a job can be run again now."""
    return ended.kind in _kinds and (ended.is_silent or ended.state in (State.FAILED, State.CANCELLED))
