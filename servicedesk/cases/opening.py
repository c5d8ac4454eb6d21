"""Open a case: number, deadlines, who takes it; the same form sent twice is one case."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from agency.audit import record
from agency.calendar import today
from agency.calendar.clock import time_zone
from agency.models import StaffMember
from clients.assignments.handing_over import lead_of
from clients.models import ClientContact, ClientEnterprise, Site
from payroll.models import PayslipDispute
from workers.models import Worker

from .custody import in_charge
from .due_times import due_times
from .models import Case, CaseCategory
from .telling import tell_new


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks or complains of. Without worker and contact it is anonymous, or has a `caller`'s name."""

    category: CaseCategory
    client: ClientEnterprise
    subject: str
    channel: str
    text: str = ""
    worker: Worker | None = None
    contact: ClientContact | None = None
    site: Site | None = None
    caller: str = ""
    phone: str = ""
    head_office_only: bool = False
    about: StaffMember | None = None
    happened_on: dt.date | None = None
    dispute: PayslipDispute | None = None
    uuid: UUID = field(default_factory=uuid4)


@transaction.atomic
def open_case(question: Question, by: StaffMember | None = None, *, tell: bool = True) -> Case:
    """Open a case and tell who takes it; `by` is the staff member who wrote it down, if one did.

    A complaint about one of us, and what is for head office only, goes past every specialist. Where nobody is named,
    it counts as about the client's lead specialist. Safe to send twice.
    """
    _one_at_a_time()
    same = {"dispute": question.dispute} if question.dispute else {"uuid": question.uuid}
    if known := Case.objects.filter(**same).first():
        return known
    confidential = question.head_office_only or question.category.about_staff or question.about is not None
    about = question.about or (_lead(question.client) if confidential else None)
    now = timezone.now()
    due = due_times(question.category, now, question.happened_on)
    case = Case.objects.create(
        uuid=question.uuid,
        number=_next_number(now),
        client=question.client,
        site=question.site,
        worker=question.worker,
        contact=question.contact,
        caller=question.caller.strip(),
        phone=question.phone,
        channel=question.channel,
        category=question.category,
        subject=question.subject.strip(),
        text=question.text.strip(),
        confidential=confidential,
        about=about,
        assignee=in_charge(question.client, confidential=confidential, about=about),
        entered_by=by,
        happened_on=question.happened_on,
        received_at=now,
        first_due_at=due.answer,
        resolution_due_at=due.resolution,
        due_at=due.answer,
        dispute=question.dispute,
    )
    record("cases.case.opened", subject=case, category=case.category.key, channel=case.channel)
    if tell:
        tell_new(case)
    return case


def subject_of(text: str, longest: int = 30) -> str:
    """Make a subject of a text: its first sentence, shortened."""
    words = text.strip()
    for stop in "\n。！？!?；;":
        words = words.split(stop)[0].strip()
    return words if len(words) <= longest else words[: longest - 1] + "…"


def _lead(client: ClientEnterprise) -> StaffMember | None:
    lead = lead_of(client, today())
    return lead.staff if lead else None


def _one_at_a_time() -> None:
    """Let openings of one agency wait for each other: numbers have no gaps, and a double tap finds the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(current_setting('rls.current_tenant'), 7))")


def _next_number(now: dt.datetime) -> str:
    """Number the cases of a month: 2611-0007."""
    month = f"{timezone.localtime(now, time_zone()):%y%m}-"
    last = Case.objects.filter(number__startswith=month).order_by("-number").values_list("number", flat=True).first()
    return f"{month}{int(last.split('-')[1]) + 1 if last else 1:04d}"
