"""Sign-in by phone or e-mail, before the agency is known."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.db.models import Q
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django_rls_tenants.rls.context import bypass_flag
from django_rls_tenants.tenants.state import (
    reset_current_tenant_id,
    reset_rls_context_active,
    set_current_tenant_id,
    set_rls_context_active,
)

from agency.privacy.blind_index import blind_index
from agency.tenancy.constraints import LOGIN_FLAG
from agency.tenancy.context import tenant

from .models import StaffMember

STARTED = "signed_in_at"


@contextmanager
def reading_for_sign_in() -> Iterator[None]:
    """Allow the staff table, and nothing else, to be read while no agency is known.

    The flag is local to the transaction; the policy's WITH CHECK does not know it, so nothing can be written.
    """
    with transaction.atomic():
        active, nobody = set_rls_context_active(True), set_current_tenant_id(None)
        try:
            with bypass_flag(LOGIN_FLAG, is_local=True):
                yield
        finally:
            reset_current_tenant_id(nobody)
            reset_rls_context_active(active)


def find_for_sign_in(username: str) -> StaffMember | None:
    """Find the person whose phone or e-mail this is, over all agencies."""
    name = username.strip()
    if not name:
        return None
    with reading_for_sign_in():
        match = Q(email__iexact=name) if "@" in name else Q(phone_index=blind_index(name, "phone", agency_id=None))
        return StaffMember.objects.filter(match).select_related("agency").first()


def may_sign_in(staff: StaffMember) -> bool:
    return staff.is_active and not staff.agency.is_suspended


class PhoneOrEmailBackend:
    """Check phone or e-mail and password."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> StaffMember | None:
        if not username or password is None:
            return None
        staff = find_for_sign_in(username)
        if staff is None:
            make_password(password)  # as slow as a real check: the time must not tell who has an account
            return None
        return staff if staff.check_password(password) and may_sign_in(staff) else None

    def get_user(self, user_id: int) -> StaffMember | None:
        with reading_for_sign_in():
            staff = StaffMember.objects.filter(pk=user_id).select_related("agency").first()
        return staff if staff and may_sign_in(staff) else None


@receiver(user_logged_in, dispatch_uid="zhudian.last_login")
def remember_last_login(sender: Any, user: StaffMember, request: HttpRequest, **kwargs: Any) -> None:
    """Write the time of sign-in inside the person's own agency (Django's own receiver has no agency to write in)."""
    from agency.audit import record

    request.session[STARTED] = int(time.time())

    with tenant(user.agency_id):
        StaffMember.objects.filter(pk=user.pk).update(last_login=timezone.now())
        record(
            "staff.signed_in",
            subject=user,
            actor=user,
            ip=request.META.get("REMOTE_ADDR", "") if request else "",
        )
