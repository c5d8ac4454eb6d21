"""Who is the tenant now. Everything that touches an agency's rows runs inside `tenant(agency)`."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction
from django_rls_tenants import tenant_context
from django_rls_tenants.exceptions import NoTenantContextError
from django_rls_tenants.tenants.state import get_current_tenant_id

if TYPE_CHECKING:
    from .models import Agency

_known: "ContextVar[Agency | None]" = ContextVar("known_agency", default=None)


def current_agency_id() -> int | None:
    """Return the active agency's id, or None outside any tenant context."""
    value = get_current_tenant_id()
    return None if value is None else int(value)


def current_agency() -> "Agency":
    """Return the active agency, read only when nobody has it at hand.

    Raises `NoTenantContextError` when none is active.
    """
    pk, known = current_agency_id(), _known.get()
    if pk is None:
        raise NoTenantContextError("No agency is active.", hint="Open `tenant(agency)` first.")
    if known is not None and known.pk == pk:
        return known
    return apps.get_model("agency", "Agency").objects.get(pk=pk)


@contextmanager
def at_hand(agency: "Agency | None") -> Iterator[None]:
    """Keep an agency that was read for a block; it opens nothing, and counts only while that agency is active."""
    token = _known.set(agency)
    try:
        yield
    finally:
        _known.reset(token)


@contextmanager
def tenant(agency: "Agency | int | None") -> Iterator[None]:
    """Make one agency the tenant for a block that is one database transaction.

    The setting is local to the transaction, so that a pooled connection cannot carry it into the next request.
    """
    if agency is None:
        raise NoTenantContextError("No agency is given.", hint="A row or a job has lost its agency.")
    pk, known = (agency, _known.get()) if isinstance(agency, int) else (agency.pk, agency)
    with transaction.atomic(), tenant_context(pk), at_hand(known):
        yield


def each_agency(reason: str, *, by: str) -> Iterator["Agency"]:
    """Yield every agency that is not suspended, each inside its own tenant context, and record why.

    This is the only way to work across agencies: there is no mode that sees two of them at once. `reason` says what
    for, `by` names the command or job; both are kept as a platform event.
    """
    if not reason.strip():
        raise ValueError("Working across agencies needs a reason.")
    events = apps.get_model("agency", "PlatformEvent").objects
    events.create(name="platform.across_agencies", by=by, reason=reason)
    for agency in apps.get_model("agency", "Agency").objects.filter(suspended_at=None).order_by("pk"):
        with tenant(agency):
            yield agency
