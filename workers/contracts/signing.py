"""Labour contracts: signed, renewed, ended."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember
from agency.shell.formats import day_year
from workers.models import InsuranceEnrolment, LabourContract, Placement, Worker

from .terms import check_age, check_term


@dataclass(frozen=True)
class Terms:
    """What a contract says. `ends_on` is the first day after it, None for an open-ended one."""

    starts_on: dt.date
    ends_on: dt.date | None
    signed_on: dt.date | None = None
    probation_until: dt.date | None = None
    number: str = ""


def sign_contract(worker: Worker, terms: Terms, by: StaffMember) -> LabourContract:
    """Sign a labour contract with a worker.

    Raises `ValidationError` when the law forbids its terms or another contract runs at the same time.
    """
    check_age(worker.birth_date, terms.starts_on)
    check_term(terms.starts_on, terms.ends_on, terms.probation_until)
    overlapping = worker.contracts.exclude(valid_to__lte=terms.starts_on)
    if terms.ends_on is not None:
        overlapping = overlapping.filter(valid_from__lt=terms.ends_on)
    if other := overlapping.order_by("-valid_from").first():
        until = day_year(other.valid_to - dt.timedelta(days=1)) if other.valid_to else _("open-ended")
        raise ValidationError(
            {
                "starts_on": _("The contract from %(start)s to %(until)s runs then. End it first, or start later.")
                % {"start": day_year(other.valid_from), "until": until}
            }
        )
    contract = LabourContract.objects.create(
        worker=worker,
        number=terms.number,
        signed_on=terms.signed_on,
        probation_until=terms.probation_until,
        valid_from=terms.starts_on,
        valid_to=terms.ends_on,
    )
    record("workers.contract.signed", subject=worker, actor=by, contract=contract.pk, starts_on=str(terms.starts_on))
    return contract


def end_contract(contract: LabourContract, last_day: dt.date, reason: str, by: StaffMember) -> LabourContract:
    """End a contract after its last day; a placement that would outlast it ends the same day.

    Raises `ValidationError` when the day lies outside the contract or a later placement is planned.
    """
    end = last_day + dt.timedelta(days=1)
    if not contract.is_valid_on(last_day):
        raise ValidationError({"last_day": _("That day is outside the contract. Choose one inside it.")})
    placements = Placement.objects.filter(worker=contract.worker)
    if planned := placements.filter(valid_from__gte=end).order_by("valid_from").first():
        raise ValidationError(
            _("A placement from %(day)s is planned. Take it back first.") % {"day": day_year(planned.valid_from)}
        )
    for placement in placements.valid_on(last_day).exclude(valid_to__lte=end):
        placement.valid_to, placement.end_reason = end, reason
        placement.save(update_fields=["valid_to", "end_reason"])
    contract.valid_to = end
    contract.save(update_fields=["valid_to"])
    record("workers.contract.ended", subject=contract.worker, actor=by, last_day=str(last_day), reason=reason)
    return contract


def still_insured(worker: Worker, end: dt.date) -> InsuranceEnrolment | None:
    """Return the enrolment that goes on after a worker has left, to be stopped."""
    return InsuranceEnrolment.objects.filter(worker=worker).exclude(valid_to__lte=end).first()
