"""Make talks for tests: plain, confirmed, denied."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from servicedesk.models import CommunicationLog, Confirmation, LogPerson

SHANGHAI = ZoneInfo("Asia/Shanghai")


def talk(
    company, day=dt.date(2026, 10, 20), *, staff=None, worker=None, answer=None, minutes=20, said="问了夜班", number=0
):
    """One talk with a worker (or the company's contact when `worker` is None), answered or not."""
    started = dt.datetime.combine(day, dt.time(14, number % 60), SHANGHAI)
    log = CommunicationLog.objects.create(
        uuid=uuid.uuid5(uuid.NAMESPACE_OID, f"{company.agency.slug} {day} {number} {staff} {answer}"),
        staff=staff or company.specialist,
        client=company.client,
        channel="face",
        place="workshop",
        started_at=started,
        day=day,
        minutes=minutes,
        said=said,
    )
    person = LogPerson.objects.create(log=log, worker=worker, contact=None if worker else company.contact)
    Confirmation.objects.create(log=log, person=person, answer=answer, answered_at=started if answer else None)
    return log
