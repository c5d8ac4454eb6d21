import datetime as dt

import pytest

from agency.periods import Period
from clients.models import Site
from servicedesk.models import Task
from servicedesk.workflow.plans import generate_plans

OCTOBER = Period(2026, 10)


@pytest.fixture
def october(ours):
    """Our agency with October planned; the client has a dormitory and is paid on the 15th."""
    Site.objects.create(client=ours.client, name="3号宿舍", kind=Site.Kind.DORMITORY)
    generate_plans(OCTOBER)
    return ours


@pytest.fixture
def task(october):
    """Return a function that reads a task of our client's October by its step."""

    def find(key: str, number: int = 1, staff=None) -> Task:
        return Task.objects.get(
            client=october.client, step__key=key, number=number, period="2026-10", staff=staff or october.specialist
        )

    return find


def day(month: int, number: int) -> dt.date:
    return dt.date(2026, month, number)
