"""Each lock holds, and each test here can fail: the lock is opened inside the test and the leak shows."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django_rls_tenants.exceptions import NoTenantContextError

from agency.models import StaffMember
from agency.tenancy.base import WrongAgency
from agency.tenancy.catalogue import unprotected_tables
from agency.tenancy.context import tenant
from clients.models import ClientEnterprise, Site
from workers.models import Worker


def test_the_application_role_cannot_bypass_row_level_security(db):
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper or rolbypassrls, rolname from pg_roles where rolname = current_user")
        bypass, role = cursor.fetchone()
        cursor.execute("select count(*) from pg_tables where schemaname = 'public' and tableowner = current_user")
        owned = cursor.fetchone()[0]
    assert (bypass, role, owned) == (False, "zhudian_app", 0)


def test_lock_2_the_manager_raises_without_an_agency(cast):
    with pytest.raises(NoTenantContextError):
        list(Worker.objects.all())


def test_lock_2_rows_take_the_active_agency_and_refuse_another(cast):
    with tenant(cast.ours.agency):
        with pytest.raises(WrongAgency):
            Site.objects.create(agency=cast.theirs.agency, client=cast.ours.client, name="借用车间")
        assert Site.objects.create(client=cast.ours.client, name="二号车间").agency_id == cast.ours.agency.pk


def test_lock_3_raw_sql_sees_only_the_active_agency(cast):
    with tenant(cast.ours.agency), connection.cursor() as cursor:
        cursor.execute("select distinct agency_id from workers_worker")
        assert cursor.fetchall() == [(cast.ours.agency.pk,)]


def test_lock_3_raw_sql_without_an_agency_sees_nothing(cast):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select count(*) from workers_worker")
        assert cursor.fetchone() == (0,)


def test_lock_3_raw_writes_for_another_agency_are_refused(cast):
    ours, theirs = cast.ours, cast.theirs
    with tenant(ours.agency), connection.cursor() as cursor:
        cursor.execute("update clients_site set name = 'x' where agency_id = %s", [theirs.agency.pk])
        assert cursor.rowcount == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute("update clients_site set agency_id = %s", [theirs.agency.pk])


@pytest.mark.django_db(transaction=True)
def test_lock_3_would_leak_without_it(cast, as_owner):
    """The proof: the same statement, asked by a role that bypasses the policy, sees both agencies."""
    assert as_owner("select count(distinct agency_id) from workers_worker") == 2


def test_lock_4_a_row_cannot_point_at_another_agencys_row(cast):
    with pytest.raises(IntegrityError, match="client_id_tfk"), tenant(cast.ours.agency):
        Site.objects.create(client_id=cast.theirs.client.pk, name="偷看车间")
        connection.check_constraints()


@pytest.mark.django_db(transaction=True)
def test_lock_4_would_leak_without_it(cast, as_owner):
    """The proof: with the composite key gone, the plain foreign key lets the row through."""
    as_owner("alter table clients_site drop constraint clients_site_client_id_tfk")
    with tenant(cast.ours.agency):
        row = Site.objects.create(client_id=cast.theirs.client.pk, name="偷看车间")
        connection.check_constraints()
        row.delete()
    as_owner(TWIN)


def test_the_catalogue_has_no_hole(db):
    assert unprotected_tables() == []


TWIN = (
    "alter table clients_site add constraint clients_site_client_id_tfk foreign key (agency_id, client_id) "
    "references clients_cliententerprise (agency_id, id) deferrable initially deferred"
)
OWN = "(agency_id = (select nullif(current_setting('rls.current_tenant', true), '')::bigint))"
POLICY = f"create policy workers_worker_tenant_isolation_policy on workers_worker using {OWN} with check {OWN}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("damage", "complaint", "repair"),
    [
        (
            "alter table workers_worker no force row level security",
            "row-level security is not enabled and forced",
            "alter table workers_worker force row level security",
        ),
        (
            "drop policy workers_worker_tenant_isolation_policy on workers_worker",
            "does not have exactly the one expected policy",
            POLICY,
        ),
        (
            "alter policy workers_worker_tenant_isolation_policy on workers_worker with check (true)",
            "does not have exactly the one expected policy",
            f"alter policy workers_worker_tenant_isolation_policy on workers_worker with check {OWN}",
        ),
        (
            "alter table clients_site drop constraint clients_site_client_id_tfk",
            "foreign key without its composite twin: clients_site_client_id",
            TWIN,
        ),
        (
            "alter table payroll_payslip disable trigger payroll_payslip_keys_insert",
            "key without its trigger: payroll_payslip_keys_insert",
            "alter table payroll_payslip enable trigger payroll_payslip_keys_insert",
        ),
    ],
)
def test_the_catalogue_check_can_fail(as_owner, damage, complaint, repair):
    as_owner(damage)
    found = unprotected_tables()
    as_owner(repair)
    assert any(complaint in what for _table, what in found)
    assert unprotected_tables() == []


def test_sign_in_may_read_staff_but_nothing_else(cast):
    from agency.staff.backends import find_for_sign_in, reading_for_sign_in

    assert find_for_sign_in("specialist@beiling.example") == cast.theirs.specialist
    with reading_for_sign_in(), connection.cursor() as cursor:
        cursor.execute("select count(*) from workers_worker")
        assert cursor.fetchone() == (0,)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute("update agency_staffmember set is_active = false")


def test_history_rows_stand_behind_the_same_wall(cast):
    with tenant(cast.ours.agency), connection.cursor() as cursor:
        cursor.execute("select distinct agency_id from workers_workerevent")
        assert cursor.fetchall() == [(cast.ours.agency.pk,)]


def test_clients_of_two_agencies_may_carry_the_same_credit_code(cast):
    codes = set()
    for company in (cast.ours, cast.theirs):
        with tenant(company.agency):
            codes.add(ClientEnterprise.objects.get(pk=company.client.pk).credit_code)
            assert StaffMember.objects.count() == 7
    assert len(codes) == 1
