"""Signed links to one payslip: they name agency and payslip, and open only what is published."""

from datetime import timedelta

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.http import base36_to_int, int_to_base36

from payroll.models import Payslip

LINK_LIFE = timedelta(days=180)
_signer = TimestampSigner(salt="payroll.payslip.read", sep="~")


class BadLink(Exception):
    """The link was not made by us, or what it names cannot be seen; `expired` when it was good once."""

    def __init__(self, expired: bool = False) -> None:
        super().__init__("expired" if expired else "bad")
        self.expired = expired


def sign(slip: Payslip) -> str:
    """Return the token of a payslip's link, good for 180 days from now."""
    return _signer.sign(f"{int_to_base36(slip.agency_id)}.{int_to_base36(slip.pk)}")


def read(token: str) -> tuple[int, int]:
    """Return (agency, payslip). Raises `BadLink`."""
    try:
        agency_id, pk = _signer.unsign(token, max_age=LINK_LIFE).split(".")
        return base36_to_int(agency_id), base36_to_int(pk)
    except SignatureExpired:
        raise BadLink(expired=True) from None
    except (BadSignature, ValueError):
        raise BadLink from None


def published(pk: int) -> Payslip:
    """Return a payslip of the active agency that its worker may see. Raises `BadLink` before publication."""
    rows = Payslip.objects.published().filter(pk=pk, errors=0)
    found = rows.select_related("agency", "run__client", "run__tax_policy").first()
    if found is None:
        raise BadLink
    return found
