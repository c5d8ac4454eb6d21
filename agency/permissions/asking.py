"""Ask the one table: `can`, `require`, and what of a kind a person may see (`visible`)."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet

from .table import GRANTS, HEAD_OFFICE

if TYPE_CHECKING:
    from agency.staff.models import StaffMember

M = TypeVar("M", bound=Model)
Scope = Callable[["StaffMember", Any, dt.date], QuerySet]
Barrier = Callable[["StaffMember", Any], QuerySet]
_scopes: dict[type[Model], Scope] = {}
_barriers: dict[type[Model], Barrier] = {}


class UnknownPermission(KeyError):
    """A permission was asked for that the table does not list: a spelling mistake, never a 'no'."""


def granted(roles: Iterable[str], permission: str) -> bool:
    """Tell whether any of the roles holds the permission. Raises `UnknownPermission` for a name not in the table."""
    try:
        return not GRANTS[permission].isdisjoint(roles)
    except KeyError:
        raise UnknownPermission(permission) from None


def can(staff: Any, permission: str) -> bool:
    """Tell whether a signed-in staff member holds a permission; anonymous people hold none."""
    if not getattr(staff, "is_authenticated", False):
        granted((), permission)
        return False
    return granted(staff.role_names, permission)


def require(staff: Any, permission: str) -> None:
    """Raise `PermissionDenied` (403) unless the person holds the permission."""
    if not can(staff, permission):
        raise PermissionDenied(permission)


def sees_whole_agency(staff: Any) -> bool:
    """Tell whether the person sees every client, or only those assigned to them."""
    return not HEAD_OFFICE.isdisjoint(staff.role_names)


def scope_of(model: type[Model]) -> Callable[[Scope], Scope]:
    """Register how a specialist's view of a model is limited: `f(staff, queryset, on) -> queryset`."""

    def register(function: Scope) -> Scope:
        _scopes[model] = function
        return function

    return register


def withhold(model: type[Model]) -> Callable[[Barrier], Barrier]:
    """Register what of a model is kept from a person whatever they may see otherwise: `f(staff, queryset) -> queryset`.

    Asked before the scope, and of head office too.
    """

    def register(function: Barrier) -> Barrier:
        _barriers[model] = function
        return function

    return register


def visible(staff: Any, rows: type[M] | QuerySet[M], on: dt.date | None = None) -> Any:
    """Limit rows to what the person may see on a date (default: the agency's today).

    Head office sees the whole agency; a specialist sees the clients assigned to them on that date and what belongs
    to those clients; what is withheld from a person, nobody's role gives them. Raises `LookupError` for a model
    without a registered scope: forgetting one must not open it.
    """
    queryset: QuerySet[M] = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    if queryset.model not in _scopes:
        raise LookupError(f"{queryset.model.__name__} has no registered scope")
    if barrier := _barriers.get(queryset.model):
        queryset = barrier(staff, queryset)
    if sees_whole_agency(staff):
        return queryset
    from agency.calendar import today

    return _scopes[queryset.model](staff, queryset, on or today())
