"""Signed links to one bill as it was sent: they name agency, bill and version, and expire."""

from datetime import timedelta

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.http import base36_to_int, int_to_base36

from payroll.models import Bill
from payroll.payslips.links import BadLink

from .bill_models import State

LINK_LIFE = timedelta(days=45)
_signer = TimestampSigner(salt="payroll.bill.confirm", sep="~")


def sign(bill: Bill) -> str:
    """Return the token of a sent bill's link, good for 45 days from now."""
    return _signer.sign(".".join(int_to_base36(part) for part in (bill.agency_id, bill.pk, bill.version)))


def read(token: str) -> tuple[int, int, int]:
    """Return (agency, bill, version). Raises `BadLink`."""
    try:
        agency_id, pk, version = _signer.unsign(token, max_age=LINK_LIFE).split(".")
        return base36_to_int(agency_id), base36_to_int(pk), base36_to_int(version)
    except SignatureExpired:
        raise BadLink(expired=True) from None
    except (BadSignature, ValueError):
        raise BadLink from None


def sent(pk: int, version: int) -> Bill:
    """Return a bill of the active agency as it was sent. Raises `BadLink` once it was revised or given up."""
    rows = Bill.objects.exclude(state__in=(State.DRAFT, State.VOID)).filter(pk=pk, version=version)
    found = rows.select_related("agency", "client", "sent_by").first()
    if found is None:
        raise BadLink
    return found
