"""Signed links to one payslip: they name agency and payslip, and open only what is published."""

from datetime import timedelta

from agency.outside.links import BadLink, Seal
from payroll.models import Payslip

_seal = Seal(salt="payroll.payslip.read", life=timedelta(days=180))


def sign(slip: Payslip) -> str:
    """Return the token of a payslip's link, good for 180 days from now."""
    return _seal.sign(slip.agency_id, slip.pk)


def agency_of(token: str) -> int:
    """Return the key of the agency of a link. Raises `BadLink`."""
    return _seal.read(token, 2)[0]


def find(token: str) -> Payslip:
    """Return the payslip of a link; call inside its agency. Raises `BadLink`, also before publication."""
    return published(_seal.read(token, 2)[1])


def published(pk: int) -> Payslip:
    """Return a payslip of the active agency that its worker may see. Raises `BadLink` before publication."""
    rows = Payslip.objects.published().filter(pk=pk, errors=0)
    found = rows.select_related("agency", "run__client", "run__tax_policy").first()
    if found is None:
        raise BadLink
    return found
