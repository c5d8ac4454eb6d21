"""Background work carries its agency, is sent after commit, and refuses to run without one."""

from functools import partial
from typing import Any

from celery import shared_task
from django.db import transaction
from django_rls_tenants.contrib.celery import RLSTask, _request_context
from django_rls_tenants.exceptions import NoTenantContextError

from .context import current_agency_id, tenant


class TenantTask(RLSTask):
    """Run the body inside the sender's agency and one transaction.

    Raises `NoTenantContextError` when the message carries no agency: a job without a tenant must fail, not see
    nothing and call it done.
    """

    abstract = True
    rls_require_context = True
    atomic_body = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        agency_id, _admin = _request_context(self.request)
        if agency_id is None:
            agency_id = current_agency_id()
        if agency_id is None:
            raise NoTenantContextError(f"Task {self.name!r} ran without an agency.", hint="Send it with send().")
        if not self.atomic_body:
            return self.run(*args, agency_id=int(agency_id), **kwargs)
        with tenant(int(agency_id)):
            return self.run(*args, **kwargs)


def tenant_task(*args: Any, **options: Any) -> Any:
    """Declare a task of one agency; use like `shared_task`.

    `atomic_body=False` is for long work that commits in steps: it receives `agency_id` and opens `tenant(agency_id)`
    around each step itself.
    """
    options.setdefault("base", TenantTask)
    # The agency is added by the base, after Celery would have missed it among the arguments.
    options.setdefault("typing", options.get("atomic_body", True))
    return shared_task(*args, **options)


def send(task: Any, *args: Any, **kwargs: Any) -> None:
    """Send a tenant task once the running transaction has committed, with the agency that is active now.

    `on_commit` runs after the tenant context has ended, so the agency is captured here and travels in the headers.
    """
    agency_id = current_agency_id()
    if agency_id is None:
        raise NoTenantContextError(f"No agency is active to send {task.name!r} for.", hint="Open `tenant(agency)`.")
    headers = {"rls_tenant_id": agency_id, "rls_admin": False}
    transaction.on_commit(partial(task.apply_async, args, kwargs, headers=headers))
