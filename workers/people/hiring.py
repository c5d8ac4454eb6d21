"""Employ a worker: identity checked, contract signed, placed."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from agency.audit import record
from agency.identifiers import InvalidIdentifier, check_identity_number
from agency.models import StaffMember
from agency.privacy.fields import matching
from agency.tenancy.context import current_agency_id
from clients.models import ClientEnterprise, Post, Site
from workers.contracts.signing import Terms, sign_contract
from workers.models import Worker
from workers.placements.placing import place

SEX = {"male": Worker.Sex.MALE, "female": Worker.Sex.FEMALE}


@dataclass(frozen=True)
class Start:
    """Where a new worker begins; the placement starts with the contract unless a day is given."""

    client: ClientEnterprise
    post: Post
    site: Site | None = None
    from_day: dt.date | None = None
    base_wage_fen: int = 0


def employ(worker: Worker, terms: Terms, by: StaffMember, start: Start | None = None) -> Worker:
    """Enter a new worker with the first labour contract and, if given, the first placement.

    Birth date and sex are read from the identity number. Raises `ValidationError` for a number that cannot be right,
    for somebody on file already, and for terms the law forbids.
    """
    identify(worker)
    if known := Worker.objects.filter(same_person(worker.identity_number)).first():
        raise ValidationError(
            {
                "identity_number": _(
                    "This person is on file already, as %(name)s %(number)s. "
                    "Open that page; a new contract is signed there."
                )
                % {"name": known.name, "number": known.employee_no}
            }
        )
    worker.employee_no = worker.employee_no or next_employee_no()
    worker.save()
    record("workers.worker.employed", subject=worker, actor=by, starts_on=str(terms.starts_on))
    sign_contract(worker, terms, by)
    if start is not None:
        day = start.from_day or terms.starts_on
        place(worker, start.client, start.post, day, by, site=start.site, base_wage_fen=start.base_wage_fen)
    worker.refresh_from_db()
    return worker


def identify(worker: Worker) -> Worker:
    """Fill birth date and sex from the identity number; raise `ValidationError` when it cannot be right."""
    try:
        known = check_identity_number(worker.identity_number)
    except InvalidIdentifier as wrong:
        raise ValidationError({"identity_number": str(wrong.reason)}) from None
    worker.identity_number, worker.birth_date, worker.sex = known.number, known.birth_date, SEX[known.sex]
    return worker


def same_person(identity_number: str) -> Q:
    """Return the condition that finds a person by identity number within the active agency."""
    return matching(Worker, "identity_number", identity_number, current_agency_id())


def next_employee_no() -> str:
    """Return a free employee number: the highest of the agency's numbers of digits only, plus one."""
    numbers = Worker.objects.filter(employee_no__regex=r"^\d{1,18}$").values_list("employee_no", flat=True)
    last = numbers.order_by(Length("employee_no").desc(), "-employee_no").first() or "0000"
    return f"{int(last) + 1:0{len(last)}d}"


def correct(worker: Worker, by: StaffMember) -> Worker:
    """Save what was mended on a worker's page; a new identity number is checked like the first one.

    Raises `ValidationError` as `employ` does.
    """
    identify(worker)
    if Worker.objects.filter(same_person(worker.identity_number)).exclude(pk=worker.pk).exists():
        raise ValidationError({"identity_number": _("Another worker on file has this number. Compare both.")})
    worker.save()
    record("workers.worker.corrected", subject=worker, actor=by)
    return worker
