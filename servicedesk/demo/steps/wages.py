"""What happens to a month's wages beside attendance, as 薪资.json tells it: own items, advances, other runs, doubts."""

import csv
import datetime as dt
import io
import json
from typing import Any

from agency.periods import Period
from clients.models import ClientEnterprise
from payroll.models import Advance, PayrollRun, Payslip, PayslipDispute, PayslipReceipt
from payroll.payslips import disputes, receipts
from payroll.runs import preparing
from payroll.schemes.advances import pause
from payroll.schemes.agreeing import agree
from payroll.schemes.changing import save_item, save_table
from payroll.schemes.choosing import scheme_of
from workers.models import Worker

from .base import Month, Tally
from .payroll import take_through, two_people

# The regular run is approved at eleven of the same day, and the year's tax goes on from it.
AFTER_THE_REGULAR_RUN = 14


def agree_on_items(month: Month) -> Tally:
    """Write the clients' own pay items, what was agreed with single workers, and wages paid in advance; each once."""
    story = _story(month)
    officer, _approver = two_people(month)
    made = known = 0
    for data in story.get("schemes", ()):
        with month.on(month.period.first_day, officer, hour=10):
            client = _client(data)
            items = scheme_of(client, month.period).items
            new = [item for item in data["items"] if not items.filter(name=item["name"]).exists()]
            for table in data["tables"] if new else ():
                save_table(client, month.period, table["name"], table, officer)
            for item in new:
                save_item(client, month.period, "", item, officer)
            made, known = made + len(new), known + len(data["items"]) - len(new)
    made += sum(_agree(month, data, officer) for data in story.get("amounts", ()))
    made += sum(_advance(month, data, officer) for data in story.get("advances", ()))
    return Tally(made, known)


def pay_besides(month: Month) -> Tally:
    """Take each bonus, back payment and correction of the month from its sheet to published payslips, once."""
    preparer, approver = two_people(month)
    made = known = 0
    for data in _story(month).get("runs", ()):
        with month.on(month.period.last_day, preparer):
            client = _client(data)
            runs = PayrollRun.objects.final().of_period(month.period).filter(client=client)
            if runs.filter(kind=data["kind"]).exists():
                known += 1
                continue
            corrects = runs.get(kind="regular") if data["kind"] == "correction" else None
            run = preparing.open_run(client, month.period, preparer, kind=data["kind"], corrects=corrects)
            sheet = _sheet(data)
        name = f"{run.get_kind_display()}-{client.short_name}.csv"
        take_through(month, run, sheet, name, preparer, approver, AFTER_THE_REGULAR_RUN)
        made += 1
    return Tally(made, known)


def hear_workers(month: Month) -> Tally:
    """Let workers sign for their payslips, and say what seems wrong to them; what has an answer is answered."""
    made = known = 0
    story = _story(month)
    for data in story.get("signed", ()):
        with month.on(month.period.last_day):
            slips = list(_slips(month, data).order_by("employee_no")[: data["people"]])
            signed = set(PayslipReceipt.objects.filter(payslip__in=slips).values_list("payslip", flat=True))
        known += len(signed)
        for minute, slip in enumerate(slip for slip in slips if slip.pk not in signed):
            with month.on(slip.run.pay_date, hour=19, minute=minute % 60):
                receipts.confirm(slip)
            made += 1
    for data in story.get("disputes", ()):
        new = _dispute(month, data)
        made, known = made + new, known + 1 - new
    return Tally(made, known)


def _agree(month: Month, data: dict[str, Any], by: Any) -> int:
    with month.on(month.period.first_day, by, hour=11):
        client, worker = _client(data), _worker(data)
        if worker.item_amounts.filter(client=client).exists():
            return 0
        item = scheme_of(client, month.period).items.get(name=data["item"])
        agree(client, worker, item.key, data["fen"], month.period, by)
        return 1


def _advance(month: Month, data: dict[str, Any], by: Any) -> int:
    paid_on = dt.date.fromisoformat(data["paid_on"])
    with month.on(paid_on, by, hour=15):
        found, is_new = Advance.objects.get_or_create(
            worker=_worker(data), client=_client(data), paid_on=paid_on,
            defaults={
                "amount_fen": data["fen"], "monthly_fen": data["monthly_fen"], "first_period": str(month.period)
            },
        )  # fmt: skip
        if is_new and (rest := data.get("paused")):
            pause(found, Period.parse(rest["first"]), Period.parse(rest["last"]), by, rest["note"])
        return int(is_new)


def _dispute(month: Month, data: dict[str, Any]) -> int:
    preparer, _approver = two_people(month)
    with month.on(month.period.last_day):
        slip = _slips(month, data).get(employee_no=data["employee_no"])
    day = slip.run.pay_date + dt.timedelta(days=1)
    with month.on(day, hour=8, minute=20):
        if PayslipDispute.objects.filter(payslip=slip).exists():
            return 0
        raised = disputes.dispute(slip, data["said"])
    if "answer" in data:
        with month.on(day, preparer, hour=10):
            disputes.answer(raised, preparer, data["outcome"], data["answer"])
    return 1


def _slips(month: Month, data: dict[str, Any]) -> Any:
    runs = {"run__client": _client(data), "run__period": str(month.period), "run__kind": "regular"}
    return Payslip.objects.published().filter(**runs).select_related("run")


def _sheet(data: dict[str, Any]) -> io.BytesIO:
    """Write the rows as the client would send them: with the names beside the numbers."""
    names = dict(
        Worker.objects.filter(employee_no__in=[row[0] for row in data["rows"]]).values_list("employee_no", "name")
    )
    (number, *head), rows = data["head"], data["rows"]
    text = io.StringIO()
    csv.writer(text).writerows([[number, "姓名", *head], *([row[0], names[row[0]], *row[1:]] for row in rows)])
    return io.BytesIO(text.getvalue().encode("utf-8-sig"))


def _story(month: Month) -> dict[str, Any]:
    sheet = month.file("薪资.json")
    return json.loads(sheet.read_text(encoding="utf-8")) if sheet else {}


def _client(data: dict[str, Any]) -> ClientEnterprise:
    return ClientEnterprise.objects.get(short_name=data["client"])


def _worker(data: dict[str, Any]) -> Worker:
    return Worker.objects.get(employee_no=data["employee_no"])
