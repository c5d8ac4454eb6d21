"""Attendance as five clients send it: five headers, five formats."""

import csv
import datetime as dt
import io
import random
from dataclasses import dataclass
from pathlib import Path

import msoffcrypto.format.ooxml as ooxml
import xlsxwriter
from chinese_calendar import is_workday

from examples.people import Client, Person

PASSWORD = "hengchuan-10"


@dataclass(frozen=True)
class Month:
    """A month with its workdays, make-up Saturdays included."""

    first: dt.date
    last: dt.date

    @property
    def label(self) -> str:
        return f"{self.first.month}月"

    @property
    def workdays(self) -> list[dt.date]:
        days = (self.first + dt.timedelta(days=n) for n in range((self.last - self.first).days + 1))
        return [day for day in days if is_workday(day)]


SEPTEMBER = Month(dt.date(2026, 9, 1), dt.date(2026, 9, 30))
NOVEMBER = Month(dt.date(2026, 11, 1), dt.date(2026, 11, 20))
OCTOBER = Month(dt.date(2026, 10, 1), dt.date(2026, 10, 31))


def write(folder: Path, clients: tuple[Client, ...], people: list[Person], month: Month, rng: random.Random) -> None:
    """Write one attendance file a client, each in its own format."""
    folder.mkdir(exist_ok=True)
    for client, writer in zip(clients, (_titled_xlsx, _gb_csv, _xls, _texty_xlsx, _utf8_csv), strict=True):
        there = [p for p in people if p.client is client and p.start <= month.last]
        there = [p for p in there if p.last_day is None or p.last_day >= month.first]
        writer(folder, client, month, [(person, _month_of(person, month, rng)) for person in there])


def _month_of(person: Person, month: Month, rng: random.Random) -> dict:
    first, last = max(person.start, month.first), min(person.last_day or month.last, month.last)
    due = sum(first <= day <= last for day in month.workdays)
    absent = rng.choice((0,) * 12 + (1, 2))
    worked = max(due - absent, 0)
    full = due == len(month.workdays)
    return {
        "worked": worked,
        "absent": due - worked,
        "overtime": rng.choice((0, 8, 12, 16, 18, 20)) if full else rng.choice((0, 4)),
        "weekend": rng.choice((0, 8, 8, 16)) if full else 0,
        "holiday": rng.choice((0, 0, 8)) if full else 0,
        "nights": rng.choice((0, 0, 4, 6, 12)) if full else 0,
        "allowance": rng.choice((0, 100, 200, 260.5)),
        "deduction": rng.choice((0, 0, 30.14, 62.4)),
        "special": rng.choice((0, 0, 0, 1000, 1500, 2000)),
    }


def _titled_xlsx(folder: Path, client: Client, when: Month, rows: list) -> None:
    """A merged title, units in the cells, full-width digits here and there."""
    with xlsxwriter.Workbook(folder / f"考勤-{client.name}-{when.label}.xlsx") as book:
        sheet = book.add_worksheet("考勤汇总")
        sheet.merge_range(0, 0, 0, 9, f"{client.full_name} 2026年{when.label}考勤汇总表")
        heads = (
            "序号",
            "工号",
            "姓名",
            "实际出勤",
            "平时加班",
            "周末加班",
            "法定加班",
            "夜班",
            "其他补贴",
            "水电扣款",
            "专项附加扣除",
        )
        sheet.write_row(1, 0, heads)
        for row, (person, month) in enumerate(rows, 2):
            worked = (
                f"{month['worked']}天"
                if row % 7
                else str(month["worked"]).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
            )
            sheet.write_row(
                row, 0,
                (row - 1, f"{person.number:04d}", person.name, worked, f"{month['overtime']}小时", month["weekend"], month["holiday"],
                 month["nights"], month["allowance"], month["deduction"], month["special"]),
            )  # fmt: skip
        sheet.write_row(len(rows) + 2, 2, ("合计", sum(month["worked"] for _, month in rows)))
        sheet.write_string(len(rows) + 4, 0, "制表：何国安　　客户盖章：")


def _gb_csv(folder: Path, client: Client, when: Month, rows: list) -> None:
    """What an old time clock writes: GB18030, identity numbers instead of employee numbers."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow(
        [
            "证件号码",
            "员工姓名",
            "出勤天数",
            "缺勤天数",
            "1.5倍加班",
            "2倍加班",
            "3倍加班",
            "夜班次数",
            "津贴补贴",
            "其他扣款",
            "专项附加",
        ]
    )
    for person, month in rows:
        out.writerow(
            [person.identity_number, person.name, month["worked"], month["absent"], month["overtime"], month["weekend"],
             month["holiday"], month["nights"], f"{month['allowance']:.2f}", f"{month['deduction']:.2f}", month["special"]]
        )  # fmt: skip
    (folder / f"考勤-{client.name}-{when.label}.csv").write_bytes(text.getvalue().encode("gb18030"))


def _xls(folder: Path, client: Client, when: Month, rows: list) -> None:
    """Excel 97, as an old office computer saves it. Needs xlwt, which the product itself does not use."""
    try:
        import xlwt
    except ImportError:
        print(f"xlwt is not installed: 考勤-{client.name}-{when.label}.xls stays as it is")
        return
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(when.label)
    sheet.write_merge(0, 0, 0, 9, f"{client.name} {when.label}份考勤")
    for column, head in enumerate(
        ("员工编号", "名字", "出勤", "旷工", "平日加班", "双休加班", "节假日加班", "夜班数", "补助", "应扣", "专项扣除")
    ):
        sheet.write(2, column, head)
    keys = ("worked", "absent", "overtime", "weekend", "holiday", "nights", "allowance", "deduction", "special")
    for row, (person, month) in enumerate(rows, 3):
        sheet.write(row, 0, f"{person.number:04d}")
        sheet.write(row, 1, person.name)
        for column, key in enumerate(keys, 2):
            sheet.write(row, column, month[key])
    book.save(str(folder / f"考勤-{client.name}-{when.label}.xls"))


def _texty_xlsx(folder: Path, client: Client, when: Month, rows: list) -> None:
    """Everything as text, blank rows between shifts, a formula whose result was kept."""
    with xlsxwriter.Workbook(folder / f"{client.name} {when.label}工时.xlsx") as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(
            0,
            0,
            (
                "姓名",
                "身份证号码",
                "实出勤天数",
                "平时加班小时",
                "休息日加班",
                "节日加班",
                "补贴",
                "扣除",
                "本期专项附加扣除",
            ),
        )
        row = 1
        for place, (person, month) in enumerate(rows):
            row += place % 25 == 24
            for column, value in enumerate((person.name, person.identity_number, month["worked"], month["overtime"])):
                sheet.write_string(row, column, str(value))
            sheet.write_formula(row, 4, f"=8*{month['weekend'] // 8}", None, month["weekend"])
            for column, key in enumerate(("holiday", "allowance", "deduction", "special"), 5):
                sheet.write_string(row, column, str(month[key]))
            row += 1


def _utf8_csv(folder: Path, client: Client, when: Month, rows: list) -> None:
    """An export of the client's own system: UTF-8 with a byte-order mark, other order, an extra column."""
    with (folder / f"考勤-{client.name}-{when.label}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(
            [
                "班组",
                "姓名",
                "工号",
                "上班天数",
                "请假天数",
                "平日加班",
                "休息日加班",
                "节假日加班",
                "补贴",
                "其他扣款",
                "本期专项附加扣除",
                "备注",
            ]
        )
        for person, month in rows:
            out.writerow(
                [person.site, person.name, f"{person.number:04d}", month["worked"], month["absent"], month["overtime"],
                 month["weekend"], month["holiday"], month["allowance"], month["deduction"], month["special"], ""]
            )  # fmt: skip


def write_encrypted(folder: Path, people: list[Person]) -> None:
    """Write a password-protected workbook; the password is in examples/README.md."""
    plain = io.BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        sheet = book.add_worksheet("工资")
        sheet.write_row(0, 0, ("工号", "姓名", "出勤天数", "平日加班"))
        for row, person in enumerate(people[:40], 1):
            sheet.write_row(row, 0, (f"{person.number:04d}", person.name, 18, 12))
    plain.seek(0)
    with (folder / "考勤（加密）.xlsx").open("wb") as target:
        ooxml.OOXMLFile(plain).encrypt(PASSWORD, target)
