"""Signed links to one bill as it was sent: they name agency, bill and version, and expire."""

from datetime import timedelta

from agency.outside.links import BadLink, Seal
from payroll.models import Bill

from .bill_models import State

_seal = Seal(salt="payroll.bill.confirm", life=timedelta(days=45))


def sign(bill: Bill) -> str:
    """Return the token of a sent bill's link, good for 45 days from now."""
    return _seal.sign(bill.agency_id, bill.pk, bill.version)


def agency_of(token: str) -> int:
    """Return the key of the agency of a link. Raises `BadLink`."""
    return _seal.read(token, 3)[0]


def sent(token: str) -> Bill:
    """Return a link's bill as it was sent; call inside its agency.

    Raises `BadLink`, also once the bill was revised or given up.
    """
    _agency, pk, version = _seal.read(token, 3)
    rows = Bill.objects.exclude(state__in=(State.DRAFT, State.VOID)).filter(pk=pk, version=version)
    found = rows.select_related("agency", "client", "sent_by").first()
    if found is None:
        raise BadLink
    return found
