"""Take on staff, give and take roles, let go: the administrator's work."""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.db import transaction

from agency.audit import record
from agency.permissions.table import Role

from .models import StaffMember, StaffRole


class StaffRefused(Exception):
    """The change cannot be made; the message says why and what to do instead."""


def one_time_password() -> str:
    """Return a password to hand over once; the person changes it after the first sign-in."""
    return secrets.token_urlsafe(9)


@transaction.atomic
def take_on(
    *, name: str, phone: str, email: str | None, roles: Iterable[str], joined_on: dt.date | None = None
) -> tuple[StaffMember, str]:
    """Create a staff member with roles; return it with its one-time password.

    Raises `StaffRefused` when phone or e-mail belong to somebody already, of this agency or another.
    """
    from .backends import find_for_sign_in

    for known in filter(None, (phone, email)):
        if find_for_sign_in(known):
            raise StaffRefused(known)
    password = one_time_password()
    staff = StaffMember(name=name, phone=phone, email=email or None, joined_on=joined_on)
    staff.set_password(password)
    staff.save()
    set_roles(staff, roles)
    record("staff.taken_on", subject=staff, roles=sorted(roles))
    return staff, password


@transaction.atomic
def set_roles(staff: StaffMember, roles: Iterable[str]) -> None:
    """Make the person hold exactly these roles.

    Raises `StaffRefused` when it would leave the agency without an active administrator.
    """
    wanted, held = set(roles), set(staff.roles.values_list("role", flat=True))
    if Role.ADMINISTRATOR in held - wanted and not _another_administrator(staff):
        raise StaffRefused(staff.name)
    StaffRole.objects.filter(staff=staff, role__in=held - wanted).delete()
    StaffRole.objects.bulk_create([StaffRole(staff=staff, role=role) for role in sorted(wanted - held)])
    if wanted != held:
        staff.__dict__.pop("role_names", None)
        record("staff.roles.changed", subject=staff, before=sorted(held), after=sorted(wanted))


@transaction.atomic
def let_go(staff: StaffMember) -> None:
    """Stop the person from signing in; everything they did stays. Open sessions end at the next request."""
    if Role.ADMINISTRATOR in staff.role_names and not _another_administrator(staff):
        raise StaffRefused(staff.name)
    staff.is_active = False
    staff.save(update_fields=["is_active"])
    record("staff.let_go", subject=staff)


@transaction.atomic
def take_back(staff: StaffMember) -> None:
    staff.is_active = True
    staff.save(update_fields=["is_active"])
    record("staff.taken_back", subject=staff)


@transaction.atomic
def reset_password(staff: StaffMember) -> str:
    """Give a new one-time password; whoever is signed in with the old one is signed out."""
    password = one_time_password()
    staff.set_password(password)
    staff.save(update_fields=["password"])
    record("staff.password.reset", subject=staff)
    return password


def _another_administrator(staff: StaffMember) -> bool:
    return StaffMember.objects.holding(Role.ADMINISTRATOR).exclude(pk=staff.pk).exists()
