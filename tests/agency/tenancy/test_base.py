import pytest
from django_rls_tenants.exceptions import NoTenantContextError

from agency.models import Branch, StaffMember
from agency.tenancy.base import AgencyQuerySet
from agency.tenancy.context import tenant
from clients.models import ClientEnterprise


def test_a_rooms_own_words_work_from_the_manager_and_in_a_chain(cast):
    with tenant(cast.ours.agency):
        assert set(StaffMember.objects.active()) == set(StaffMember.objects.all().active())
        assert ClientEnterprise.objects.filter(city="苏州").served().count() == 2


def test_related_rows_keep_the_words_too(cast):
    with tenant(cast.ours.agency):
        assert isinstance(cast.ours.client.sites.all(), AgencyQuerySet)


def test_bulk_creation_takes_the_active_agency(cast):
    with tenant(cast.ours.agency):
        Branch.objects.bulk_create([Branch(name="昆山")])
        assert Branch.objects.get(name="昆山").agency_id == cast.ours.agency.pk


def test_without_an_agency_the_words_raise_as_well(cast):
    with pytest.raises(NoTenantContextError):
        list(ClientEnterprise.objects.served())
