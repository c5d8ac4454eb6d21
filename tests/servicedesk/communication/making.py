"""Make talks in a test: `talk_with(c, [c.worker])` writes one down as the company's specialist."""

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from clients.models import ClientContact
from servicedesk.communication.logging import Talk, write_log
from servicedesk.communication.topics import install_default_topics
from servicedesk.models import CommunicationLog, LogPerson, Topic
from tests.cast import Company

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = dt.datetime(2026, 10, 21, 18, 42, tzinfo=SHANGHAI)


def key_of(person: Any) -> str:
    """Return the key of a worker or contact; a key stays itself."""
    if isinstance(person, str):
        return person
    return f"c{person.pk}" if isinstance(person, ClientContact) else f"w{person.pk}"


def talk(people: list[Any], **changes: Any) -> Talk:
    """Describe a talk that ended just now, a quarter of an hour long, about the dormitory."""
    install_default_topics()
    given = {
        "uuid": uuid.uuid4(),
        "people": [key_of(person) for person in people],
        "channel": "face",
        "place": "workshop",
        "started_at": NOW - dt.timedelta(minutes=15),
        "minutes": 15,
        "topics": list(Topic.objects.filter(key="dormitory").values_list("pk", flat=True)),
        "said": "热水晚上九点后不够用。",
    }
    return Talk(**{**given, **changes})


def talk_with(company: Company, people: list[Any] | None = None, staff: Any = None, **changes: Any) -> CommunicationLog:
    return write_log(staff or company.specialist, talk(people or [company.worker], **changes))


def at(day: dt.date, hour: int = 10) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def asked_of(log: CommunicationLog) -> LogPerson:
    return log.people.get()
