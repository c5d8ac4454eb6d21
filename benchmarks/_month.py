"""Take a computed run on to the bank, its bill and its workers' links: what the pages after the approval hang on."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from agency.models import StaffMember, StaffRole
from agency.permissions import Role
from clients.models import DispatchAgreement
from payroll.files.batches import make_batch
from payroll.files.installing import layouts_for
from payroll.files.releasing import answer, release
from payroll.models import BankBatch, Bill, BureauRecord, PayrollRun, Payslip, SettlementTerms, VatStatus
from payroll.payslips.publishing import publish
from payroll.runs.approving import approve, submit
from payroll.settlement.answering import send_bill
from payroll.settlement.billing import make_bill
from workers.models import BankAccount, Worker

START = dt.date(2026, 1, 1)
CITY, WITHOUT = "苏州", 100


@dataclass(frozen=True)
class Finished:
    """A run that is approved, published, paid and billed, and the person who sees all of it."""

    run: PayrollRun
    batch: BankBatch
    bill: Bill
    officer: StaffMember


def finish(run: PayrollRun, specialist: StaffMember) -> Finished:
    """Approve, publish, pay and bill a computed run; the bureau's list comes last and lacks a few workers."""
    officer = StaffMember.objects.create(name="顾明", phone="13900088888")
    StaffRole.objects.create(staff=officer, role=Role.PAYROLL_OFFICER)
    Payslip.objects.filter(run=run, attention__gt=0).update(looked_by=specialist)
    run = publish(approve(submit(run, specialist), officer), specialist)
    own_name = Worker.objects.filter(pk=OuterRef("worker")).values("name")[:1]
    BankAccount.objects.update(holder=Subquery(own_name))
    layout = next(row for row in layouts_for("bank", run.pay_date) if row.key == "ccb")
    batch = release(make_batch(run, layout, specialist), officer)
    batch = answer(batch, [], officer, rest_paid=True)
    VatStatus.objects.create(regime="general_difference", valid_from=START)
    agreement = DispatchAgreement.objects.create(client=run.client, number="B-2026-01", valid_from=START)
    SettlementTerms.objects.create(agreement=agreement, valid_from=START, model="per_head", amount_fen=120_00)
    bill = send_bill(make_bill(run.client, run.month, officer), officer)
    _list_of_the_bureau(run)
    return Finished(run, batch, bill, officer)


def _list_of_the_bureau(run: PayrollRun) -> None:
    keys = list(Payslip.objects.filter(run=run).order_by("worker").values_list("worker", flat=True))[WITHOUT:]
    common = {"period": run.period, "city": CITY, "employer_fen": 125_000, "employee_fen": 52_500}
    records = (
        BureauRecord(identity_key=f"{key:064d}", name="", worker_id=key, paid=key % 50 > 0, **common) for key in keys
    )
    BureauRecord.objects.bulk_create(records, batch_size=5000)
