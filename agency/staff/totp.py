"""The optional second factor: enrol by QR code, confirm with a code, ask for one at sign-in."""

import base64
import secrets
import time
from urllib.parse import quote

from django.utils import timezone
from django_otp.oath import TOTP

from agency.audit import record

from .models import StaffMember, TotpDevice

STEP_SECONDS = 30
DRIFT_STEPS = 1


def enrol(staff: StaffMember) -> TotpDevice:
    """Give the person a new secret, not in force until confirmed with a code."""
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    device, _ = TotpDevice.objects.update_or_create(
        staff=staff, defaults={"secret": secret, "confirmed_at": None, "last_step": 0}
    )
    return device


def provisioning_uri(device: TotpDevice, issuer: str) -> str:
    """Return the otpauth URI an authenticator app reads from a QR code."""
    label = quote(f"{issuer}:{device.staff.name}")
    return f"otpauth://totp/{label}?secret={device.secret}&issuer={quote(issuer)}"


def check_code(device: TotpDevice, code: str) -> bool:
    """Tell whether a code is right now, and burn it: the same code never works twice."""
    if not (code.isascii() and code.isdigit()):
        return False
    oath = TOTP(base64.b32decode(device.secret), step=STEP_SECONDS)
    oath.time = time.time()
    if not oath.verify(int(code), tolerance=DRIFT_STEPS, min_t=device.last_step + 1):
        return False
    used = oath.t()
    return bool(TotpDevice.objects.filter(pk=device.pk, last_step__lt=used).update(last_step=used))


def confirm(device: TotpDevice, code: str) -> bool:
    """Put the second factor in force if the code is right."""
    if not check_code(device, code):
        return False
    TotpDevice.objects.filter(pk=device.pk).update(confirmed_at=timezone.now())
    record("staff.second_factor.enabled", subject=device.staff)
    return True


def disable(staff: StaffMember) -> None:
    TotpDevice.objects.filter(staff=staff).delete()
    record("staff.second_factor.disabled", subject=staff)


def is_required(staff: StaffMember) -> bool:
    """Tell whether this person must show a code to sign in."""
    return TotpDevice.objects.filter(staff=staff, confirmed_at__isnull=False).exists()
