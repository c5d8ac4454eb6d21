"""Every task of ours carries an agency, refuses to run without one, and sees only that one."""

import pytest
from django_rls_tenants.exceptions import NoTenantContextError

from agency.tenancy.context import current_agency_id, tenant
from agency.tenancy.tasks import TenantTask, send, tenant_task
from config.celery import app
from config.schedule import SCHEDULE
from workers.models import Worker

app.loader.import_default_modules()
OURS = ("agency", "clients", "workers", "payroll", "training", "servicedesk")
TASKS = sorted(name for name in app.tasks if name.startswith(OURS))
CLOCK = {entry["task"] for entry in SCHEDULE.values()}


@pytest.mark.parametrize("name", TASKS)
def test_every_task_is_of_one_agency_or_runs_by_the_clock(name):
    """A task without an agency may only fan out to agencies, and stands in the schedule."""
    assert isinstance(app.tasks[name], TenantTask) or name in CLOCK


@pytest.mark.parametrize("name", [n for n in TASKS if isinstance(app.tasks[n], TenantTask)])
def test_a_task_without_an_agency_fails(name, db):
    with pytest.raises(NoTenantContextError):
        app.tasks[name].apply().get()


@tenant_task(name="tests.count_workers")
def count_workers() -> tuple[int, int]:
    return current_agency_id(), Worker.objects.count()


def test_a_task_sees_its_own_agency(cast):
    with tenant(cast.theirs.agency):
        assert count_workers.apply().get() == (cast.theirs.agency.pk, 2)


def test_a_task_sent_after_commit_keeps_its_agency(cast, django_capture_on_commit_callbacks, monkeypatch):
    sent = []
    monkeypatch.setattr(TenantTask, "apply_async", lambda self, *a, **k: sent.append(k["headers"]))
    with django_capture_on_commit_callbacks(execute=True), tenant(cast.ours.agency):
        send(count_workers)
    assert sent == [{"rls_tenant_id": cast.ours.agency.pk, "rls_admin": False}]


def test_sending_without_an_agency_is_refused(db):
    with pytest.raises(NoTenantContextError):
        send(count_workers)
