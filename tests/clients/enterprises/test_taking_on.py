import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from clients.enterprises.taking_on import part_from, take_on
from clients.models import Assignment, ClientEnterprise, DispatchAgreement
from workers.models import Placement

LAST_DAY = dt.date(2026, 12, 31)


def test_a_new_client_wears_the_colour_the_fewest_wear(ours):
    client = take_on(ClientEnterprise(name="恒屿机械有限公司", short_name="恒屿", credit_code="91320500MA1TE5T03K"))
    assert (client.colour, client.name_initials) == (3, "hyjxyxgs")


def test_a_client_with_workers_is_not_parted_from(ours):
    with pytest.raises(ValidationError, match="1"):
        part_from(ours.client, LAST_DAY)


def test_agreements_and_assignments_end_with_the_client(ours):
    Placement.objects.filter(client=ours.client).update(valid_to=dt.date(2026, 12, 1))
    part_from(ours.client, LAST_DAY)
    end = LAST_DAY + dt.timedelta(days=1)
    assert ClientEnterprise.objects.get(pk=ours.client.pk).ended_on == end
    for model in (DispatchAgreement, Assignment):
        assert model.objects.get(client=ours.client).valid_to == end
