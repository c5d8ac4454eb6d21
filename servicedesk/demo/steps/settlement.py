"""Wages to the bank by two persons, and the bill to the client, as far as each client of the demo goes."""

import csv
import datetime as dt
import io
import json
from typing import Any

from agency.calendar import today
from agency.permissions import Role
from agency.staff.models import StaffMember
from agency.tenancy.context import tenant
from payroll.files.batches import make_batch
from payroll.files.installing import layouts_for
from payroll.files.releasing import answer, release
from payroll.files.returns import read_answers
from payroll.models import BankBatch, BankLine, Bill, PayrollRun, SettlementTerms
from payroll.settlement import answering
from payroll.settlement.billing import make_bill
from payroll.settlement.receiving import receive
from workers.people.accounts import change_account

from ..company import CLIENTS
from .base import Month, Tally

# What a client of the demo does with its bill; another agency's clients are only sent theirs.
PAYS, PARTLY, OBJECTS, AGREES = "pays", "partly", "objects", "agrees"
COMES_BACK = "户名不符"
DAYS_UNTIL_MENDED = 14


def settle(month: Month) -> Tally:
    """Pay out and bill every approved run of the month with terms of settlement; what was billed stays as it is."""
    story = {client["credit_code"]: client for client in json.loads(CLIENTS.read_text(encoding="utf-8"))}
    runs, waiting = _runs(month)
    for run in waiting:
        _take_through(month, run, story.get(run.client.credit_code, {}))
    return Tally(len(waiting), len(runs) - len(waiting))


def _runs(month: Month) -> tuple[list[PayrollRun], list[PayrollRun]]:
    """Return the approved runs with terms, and those of them that stand in no bill yet."""
    with month.on(month.period.last_day):
        agreed = SettlementTerms.objects.valid_in(month.period).values("agreement__client")
        runs = PayrollRun.objects.final().of_period(month.period).filter(client__in=agreed)
        found = runs.select_related("client").order_by("client_id", "pk")
        return list(found), list(found.filter(billed=None))


def _take_through(month: Month, run: PayrollRun, story: dict[str, Any]) -> None:
    preparer, approver = month.holders(Role.PAYROLL_OFFICER)[:2]
    with tenant(month.agency):
        reached = run.pay_date <= today()
    if reached and story.get("batch", "") != "waits":
        _pay_out(month, run, preparer, approver, story.get("batch") == "comes_back")
    with month.on(run.pay_date, preparer, hour=19):
        if not Bill.objects.filter(client=run.client, period=run.period).exists():
            bill = answering.send_bill(make_bill(run.client, month.period, preparer), preparer)
            _answer(bill, story.get("bill", ""), preparer)


def _pay_out(month: Month, run: PayrollRun, by: StaffMember, releaser: StaffMember, comes_back: bool) -> None:
    with month.on(run.pay_date, by, hour=18, minute=10):
        if BankBatch.objects.filter(run=run).exists():
            return
        batch = make_batch(run, layouts_for("bank", today())[0], by)
    comes_back = comes_back and run.kind == PayrollRun.Kind.REGULAR
    with month.on(run.pay_date, releaser, hour=18, minute=20):
        batch = release(batch, releaser)
        answers = read_answers(batch, _from_the_bank(batch), "回盘.csv") if comes_back else []
        answer(batch, answers, releaser, rest_paid=True)
    if comes_back:
        _pay_again(month, run, by, releaser)


def _from_the_bank(batch: BankBatch) -> io.BytesIO:
    """Return the bank's file: the first line comes back, the others are paid."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["账号", "户名", "金额", "处理结果", "失败原因"])
    for line in batch.lines.order_by("serial"):
        said = ("失败", COMES_BACK) if line.serial == 1 else ("成功", "")
        rows.writerow([line.account, line.holder, f"{line.amount_fen // 100}.{line.amount_fen % 100:02d}", *said])
    return io.BytesIO(text.getvalue().encode("utf-8-sig"))


def _pay_again(month: Month, run: PayrollRun, by: StaffMember, releaser: StaffMember) -> None:
    """Once the worker has brought another account: a second batch with what came back, answered by the bank's file."""
    day = run.pay_date + dt.timedelta(days=DAYS_UNTIL_MENDED)
    with tenant(month.agency):
        if day > today():
            return
    with month.on(day, by, hour=10):
        line = BankLine.objects.select_related("worker").get(run=run, state=BankLine.State.FAILED)
        number = f"6217{line.worker_id:015d}"
        change_account(line.worker, line.bank, line.holder, number, day, by)
        batch = make_batch(run, layouts_for("bank", today())[0], by)
    with month.on(day, releaser, hour=14):
        answer(release(batch, releaser), [], releaser, rest_paid=True)


def _answer(bill: Bill, how: str, by: StaffMember) -> None:
    contact = "客户人事"
    if how == OBJECTS:
        answering.dispute(bill, contact, "夜班津贴比我们的考勤多两次，请核对。")
    elif how in (AGREES, PARTLY, PAYS):
        answering.confirm(bill, contact)
    if how in (PARTLY, PAYS):
        answering.invoice(bill, f"2632{bill.pk:016d}", today(), by)
        part = bill.total_fen if how == PAYS else bill.total_fen * 3 // 5
        receive(bill.client, part, today(), by, reference=f"demo-{bill.number}")
