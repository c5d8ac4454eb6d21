"""Clients at risk: the law's ten per cent and agreements that run out, worst first."""

import datetime as dt

import pytest

from clients.models import DispatchAgreement
from servicedesk.dashboards.risks import client_risks

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def agreed(ours):
    """Both clients of the cast under agreements without an end, with room for many."""
    DispatchAgreement.objects.all().delete()
    for number, client in enumerate([ours.client, ours.other_client]):
        client.own_staff = 1000
        client.save()
        DispatchAgreement.objects.create(client=client, number=f"HC-{number}", valid_from=dt.date(2026, 1, 1))
    return ours


def risks(ours):
    return [(risk.client, risk.state, risk.label) for risk in client_risks(ours.manager, TODAY)[0]]


def test_nothing_is_said_of_a_client_with_room_and_an_agreement(agreed):
    assert client_risks(agreed.manager, TODAY) == ([], 0)


@pytest.mark.parametrize(("own", "said"), [(8, ("bad", "超 10%")), (9, ("warn", "接近 10%")), (99, None)])
def test_ten_per_cent_dispatched_ones_included(agreed, own, said):
    agreed.client.own_staff = own
    agreed.client.save()
    assert risks(agreed) == ([(agreed.client.short_name, *said)] if said else [])


def test_an_agreement_that_ends_in_sixty_days_or_is_missing(agreed):
    DispatchAgreement.objects.filter(client=agreed.client).update(valid_to=TODAY + dt.timedelta(days=28))
    assert risks(agreed) == [(agreed.client.short_name, "warn", "剩 28 天")]
    DispatchAgreement.objects.filter(client=agreed.other_client).delete()
    assert risks(agreed) == [
        (agreed.other_client.short_name, "bad", "没有协议"),
        (agreed.client.short_name, "warn", "剩 28 天"),
    ]
