"""A payslip's agency, run, worker and policy belong together: the database refuses every other combination."""

import pytest
from django.db import IntegrityError, connection, transaction

from agency.tenancy.context import tenant
from payroll.models import ContributionPolicy, Payslip
from payroll.runs.computing import compute
from tests.payroll.runs.stage import attend, opened, slip_of

pytestmark = pytest.mark.django_db


def strange(company):
    """Compute a run of another agency and return its payslip."""
    with tenant(company.agency):
        run = opened(company)
        attend(run, company.worker)
        compute(run, company.specialist)
        Payslip.objects.filter(run=run).update(looked_by=company.specialist)
        return slip_of(run, company.worker)


@pytest.mark.parametrize("column", ["policy_id", "run_id", "worker_id", "looked_by_id"])
def test_nothing_of_another_agency_can_be_named(cast, column):
    ours, other = cast.ours, strange(cast.theirs)
    with tenant(ours.agency):
        run = opened(ours)
        attend(run, ours.worker)
        slip = slip_of(compute(run, ours.specialist), ours.worker)
        assert getattr(slip, column) != getattr(other, column)
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE payroll_payslip SET {column} = %s WHERE id = %s", [getattr(other, column), slip.pk])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_own_policy_is_fine(ours):
    run = opened(ours)
    attend(run, ours.worker)
    slip = slip_of(compute(run, ours.specialist), ours.worker)
    other = ContributionPolicy.objects.exclude(pk=slip.policy_id).first()
    assert Payslip.objects.filter(pk=slip.pk).update(policy_id=other.pk) == 1
