"""Two arrivals of one form at the same moment end as one talk."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from agency.tenancy.context import tenant
from servicedesk.communication.logging import write_log
from servicedesk.models import CommunicationLog
from tests.servicedesk.communication.making import talk


@pytest.mark.django_db(transaction=True)
def test_the_second_arrival_finds_the_first(cast):
    ours = cast.ours
    with tenant(ours.agency):
        form = talk([ours.worker], started_at=timezone.now())
    together = Barrier(4)

    def send(_number):
        try:
            together.wait(timeout=10)
            with tenant(ours.agency):
                return write_log(ours.specialist, form).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        kept = set(pool.map(send, range(4)))
    with tenant(ours.agency):
        assert kept == {CommunicationLog.objects.get().pk}
