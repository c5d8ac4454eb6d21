"""A key looked up once a statement promises what a composite foreign key does, also when two come at once."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from agency.tenancy.context import tenant
from payroll.models import Payslip, PayslipDispute, PayslipReceipt
from payroll.runs.computing import compute
from tests.cast import assemble, identity_number
from tests.payroll.runs.stage import attend, opened, slip_of
from workers.models import Worker


def payslip_of(company):
    run = opened(company)
    attend(run, company.worker)
    return slip_of(compute(run, company.specialist), company.worker)


def loner():
    """Return a worker nothing else refers to."""
    number = identity_number(777)
    return Worker.objects.create(
        name="独来独往", employee_no="7777", identity_number=number, birth_date=dt.date(1990, 5, 17), sex="M"
    )


def columns():
    return [field.column for field in Payslip._meta.concrete_fields if field.column not in ("id", "worker_id")]


def copy_for(slip, worker_id):
    names = ", ".join(columns())
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO payroll_payslip (worker_id, {names}) SELECT %s, {names} FROM payroll_payslip WHERE id = %s",
            [worker_id, slip.pk],
        )


@pytest.mark.django_db
class TestOneAfterTheOther:
    def test_a_parent_that_is_there_is_fine(self, ours):
        slip, worker = payslip_of(ours), loner()
        copy_for(slip, worker.pk)
        assert Payslip.objects.filter(run=slip.run_id).count() == 2

    def test_a_parent_that_is_not_there_is_refused(self, ours):
        slip = payslip_of(ours)
        with pytest.raises(IntegrityError, match="does not have"), transaction.atomic():
            copy_for(slip, 0)

    def test_another_agencys_parent_is_refused(self, cast):
        with tenant(cast.ours.agency):
            slip = payslip_of(cast.ours)
            with pytest.raises(IntegrityError, match="does not have"), transaction.atomic():
                copy_for(slip, cast.theirs.worker.pk)

    @pytest.mark.parametrize("change", ["DELETE FROM workers_worker", "UPDATE workers_worker SET id = id + 1000000"])
    def test_a_parent_with_children_stays(self, ours, change):
        slip, worker = payslip_of(ours), loner()
        copy_for(slip, worker.pk)
        with pytest.raises(IntegrityError, match="names this row"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{change} WHERE id = %s", [worker.pk])

    def test_an_empty_key_names_nobody(self, ours):
        slip = payslip_of(ours)
        assert slip.looked_by is None
        with pytest.raises(IntegrityError, match="does not have"), transaction.atomic():
            Payslip.objects.filter(pk=slip.pk).update(looked_by=0)

    @pytest.mark.parametrize("child", [PayslipReceipt, PayslipDispute])
    def test_each_child_keeps_its_parent(self, ours, child):
        slip = payslip_of(ours)
        child.objects.create(payslip=slip)
        with pytest.raises(IntegrityError, match="names this row"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM payroll_payslip WHERE id = %s", [slip.pk])

    @pytest.mark.parametrize("child", [PayslipReceipt, PayslipDispute])
    def test_each_child_names_a_parent_of_its_agency(self, cast, child):
        with tenant(cast.theirs.agency):
            theirs = payslip_of(cast.theirs)
        with tenant(cast.ours.agency), pytest.raises(IntegrityError, match="does not have"), transaction.atomic():
            child.objects.create(payslip_id=theirs.pk)

    def test_a_parent_without_children_goes(self, ours):
        assert loner().delete()[0] == 1


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def act(self, company, first, second):
        """Let the second act while the first is not committed; return what came of the second."""
        began, outcome = threading.Event(), []

        def come_second():
            began.wait()
            try:
                with tenant(company.agency):
                    second()
                outcome.append("done")
            except IntegrityError:
                outcome.append("refused")
            finally:
                connection.close()

        thread = threading.Thread(target=come_second)
        thread.start()
        with tenant(company.agency):
            first()
            began.set()
            thread.join(0.5)
            assert not outcome, "the second did not wait"
        thread.join()
        return outcome[0]

    @pytest.mark.parametrize("payslip_first", [True, False])
    def test_who_comes_second_sees_the_first(self, payslip_first):
        company = assemble().ours
        with tenant(company.agency):
            slip, worker = payslip_of(company), loner()
        write, remove = lambda: copy_for(slip, worker.pk), lambda: Worker.objects.filter(pk=worker.pk).delete()
        assert self.act(company, *((write, remove) if payslip_first else (remove, write))) == "refused"
        with tenant(company.agency):
            assert Worker.objects.filter(pk=worker.pk).exists() == payslip_first
            assert Payslip.objects.filter(worker=worker.pk).exists() == payslip_first

    def test_an_old_snapshot_is_refused(self):
        company = assemble().ours
        with tenant(company.agency):
            slip = payslip_of(company)
        with pytest.raises(IntegrityError, match="READ COMMITTED"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            with tenant(company.agency):
                Payslip.objects.filter(pk=slip.pk).update(attention=1)

    def test_without_its_trigger_an_orphan_gets_in(self, as_owner):
        """The proof: what refuses is the trigger."""
        company = assemble().ours
        with tenant(company.agency):
            slip = payslip_of(company)
        as_owner("ALTER TABLE payroll_payslip DISABLE TRIGGER payroll_payslip_keys_insert")
        try:
            with tenant(company.agency):
                copy_for(slip, 0)
                assert Payslip.objects.filter(worker=0).delete()[0] == 1
        finally:
            as_owner("ALTER TABLE payroll_payslip ENABLE TRIGGER payroll_payslip_keys_insert")
