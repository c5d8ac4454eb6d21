"""Open, suspend and resume agencies: what the platform's operator does, never seeing their business data."""

import secrets

from django.db import transaction
from django.utils import timezone

from agency.identifiers import InvalidIdentifier, check_phone
from agency.permissions.table import Role

from .context import tenant
from .models import Agency, PlatformEvent


class OpeningRefused(Exception):
    """The agency cannot be opened; the message says why and what to change."""


def open_agency(
    *, slug: str, name: str, short_name: str, admin_name: str, admin_phone: str, by: str, reason: str
) -> tuple[Agency, str]:
    """Create an agency with its first administrator and return it with the one-time password.

    Raises `OpeningRefused` for a code or phone that is taken, or a phone that is none.
    """
    from agency.staff.backends import find_for_sign_in
    from agency.staff.models import StaffMember, StaffRole

    try:
        phone = check_phone(admin_phone)
    except InvalidIdentifier as refusal:
        raise OpeningRefused(str(refusal)) from refusal
    if Agency.objects.filter(slug=slug).exists():
        raise OpeningRefused(f"The code {slug!r} is taken. Choose another.")
    if find_for_sign_in(phone):
        raise OpeningRefused("Somebody signs in with this phone already. Give another.")
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        agency = Agency(name=name, short_name=short_name, slug=slug)
        agency.full_clean()
        agency.save()
        PlatformEvent.objects.create(name="platform.agency.opened", by=by, reason=reason, agency_slug=slug)
        with tenant(agency):
            admin = StaffMember(name=admin_name, phone=phone)
            admin.set_password(password)
            admin.save()
            StaffRole.objects.create(staff=admin, role=Role.ADMINISTRATOR)
    return agency, password


def suspend(agency: Agency, *, by: str, reason: str) -> None:
    """Close the doors: nobody of the agency signs in, open sessions end at the next request, jobs skip it."""
    with transaction.atomic():
        Agency.objects.filter(pk=agency.pk, suspended_at=None).update(suspended_at=timezone.now())
        PlatformEvent.objects.create(name="platform.agency.suspended", by=by, reason=reason, agency_slug=agency.slug)


def resume(agency: Agency, *, by: str, reason: str) -> None:
    """Open the doors again."""
    with transaction.atomic():
        Agency.objects.filter(pk=agency.pk).update(suspended_at=None)
        PlatformEvent.objects.create(name="platform.agency.resumed", by=by, reason=reason, agency_slug=agency.slug)
