"""Talks from the month's records, and what the other side answered through their links."""

import csv
import datetime as dt
from pathlib import Path

from agency.permissions import Role
from agency.spreadsheets.checking import DryRun
from agency.spreadsheets.opening import open_upload
from agency.spreadsheets.uploads import prepare
from servicedesk.communication import confirming
from servicedesk.communication.importing import import_records
from servicedesk.communication.links import read_link
from servicedesk.communication.record_columns import RECORDS
from servicedesk.models import Confirmation

from ..clock import SHANGHAI
from ..files import Found
from .base import Month, StepFailed, Tally

ANSWERS = {"是": "yes", "不是": "no", "不记得": "unsure"}


def import_talks(month: Month, workbooks: list[Found]) -> Tally:
    """Bring in every workbook of records of the folder."""
    made = known = 0
    administrator = month.holders(Role.ADMINISTRATOR)[0]
    for found in workbooks:
        if found.table is RECORDS:
            with month.on(_last_day(found, month), administrator, hour=20):
                result = import_records(found.path, administrator, filename=found.path.name, period=month.period)
            if not result.report.clean:
                first = result.report.errors[0]
                raise StepFailed(f"{found.path.name}, row {first.row}, {first.header}: {first.reason}")
            made, known = made + result.written, known + result.known
    return Tally(made, known)


def _last_day(found: Found, month: Month) -> dt.date:
    """Return the day of a workbook's last talk: it is handed in that evening."""
    upload = prepare(open_upload(found.path, found.path.name), RECORDS)
    days = [row.values["date"] for row in DryRun(upload.sheet, RECORDS, upload.headers, upload.mapping)]
    return min(max(filter(None, days), default=month.period.last_day), month.period.last_day)


def answer_links(month: Month) -> Tally:
    """Let the workers of 确认回复.csv open their links and answer."""
    path = month.file("确认回复.csv")
    if path is None:
        return Tally(note="no answers in the folder")
    made = known = 0
    for row in read_csv(path):
        answered = dt.datetime.strptime(row["回复时间"], "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)
        with month.on(answered.date(), hour=answered.hour, minute=answered.minute):
            confirmation = _asked(row)
            if confirmation.answered_at is not None:
                known += 1
                continue
            _answer(confirmation, row)
            made += 1
    return Tally(made, known)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _asked(row: dict[str, str]) -> Confirmation:
    confirmation = talks_of(row, row["身份证号"], row["姓名"])
    if confirmation is None:
        raise StepFailed(
            f"确认回复.csv: no talk of {row['客服']} on {row['日期']} {row['开始时间']} with {row['姓名']}"
        )
    return confirmation


def talks_of(row: dict[str, str], identity_number: str, contact: str) -> Confirmation | None:
    """Find a talk by day, time, specialist and person."""
    hour, minute = map(int, row["开始时间"].split(":"))
    started = dt.datetime.combine(dt.date.fromisoformat(row["日期"]), dt.time(hour, minute), SHANGHAI)
    rows = Confirmation.objects.select_related("log__staff", "person__worker", "person__contact")
    for confirmation in rows.filter(log__staff__name=row["客服"], log__started_at=started):
        worker = confirmation.person.worker
        if worker.identity_number == identity_number if worker else confirmation.person.contact.name == contact:
            return confirmation
    return None


def _answer(confirmation: Confirmation, row: dict[str, str]) -> None:
    token = confirming.link_for(confirmation.person).rstrip("/").rsplit("/", 1)[-1]
    asked = confirming.asked(read_link(token))
    grip = confirming.answer(asked, ANSWERS[row["答复"]], same_device=False)
    if row["评分"] or row["留言"]:
        confirming.comment(asked, grip, rating=int(row["评分"]) if row["评分"] else None, remark=row["留言"])
