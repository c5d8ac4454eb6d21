"""The roster as head office keeps it: one sheet, grown over years."""

import datetime as dt
from pathlib import Path

import xlsxwriter

from examples.people import Person

HEADERS = (
    "员工编号", "员工姓名", "用工单位", "车间", "工种", "三性", "证件号码", "联系电话", "户籍性质", "合同起始日", "合同到期日", "派遣开始日期",
    "派遣结束日期", "参保城市", "社保基数", "公积金基数", "公积金比例", "基本工资", "开户行", "银行账号", "备用列",
)  # fmt: skip
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def write(folder: Path, people: list[Person], when: str = "10月末") -> None:
    """Write the clean-enough roster: untidy in every way that can be understood."""
    _write(folder / f"员工花名册（{when}）.xlsx", people, spoil=False)


def write_with_problems(folder: Path, people: list[Person]) -> None:
    """Write a roster with mistakes nobody can guess away, to see the report."""
    _write(folder / "花名册（有错）.xlsx", people[:60], spoil=True)


def _write(path: Path, people: list[Person], *, spoil: bool) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"title": "花名册", "created": dt.datetime(2026, 10, 31, 18, 0)})
        sheet = book.add_worksheet("在册人员")
        title = book.add_format({"bold": True, "align": "center", "font_size": 16})
        sheet.merge_range(0, 0, 0, len(HEADERS) - 1, "禾川人力派遣员工花名册", title)
        sheet.merge_range(1, 0, 1, len(HEADERS) - 1, "截止 2026年10月31日　单位：元")
        sheet.write_row(2, 0, HEADERS, book.add_format({"bold": True, "border": 1}))
        row = 3
        for person in people:
            if person.number % 60 == 1 and row > 3:
                row += 1  # somebody leaves a line between two clients
            cells = _cells(person)
            if spoil:
                cells = _spoilt(cells, person)
            for column, value in enumerate(cells):
                if isinstance(value, dt.date):
                    sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()))
                elif isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(row, column, value, None, person.wage)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write_number(row, column, value)
            row += 1
        sheet.write_string(row, 0, "合计")
        sheet.write_formula(row, 17, f"=SUM(R4:R{row})", None, sum(p.wage for p in people))


def _cells(person: Person) -> list:
    tidy = person.number % 4
    last_day = person.start.replace(year=person.start.year + 2) - dt.timedelta(days=1)
    return [
        f"{person.number:04d}",
        person.name if tidy else f" {person.name} ",
        person.client.name if person.number % 3 else person.client.full_name,
        person.site,
        person.post,
        person.nature,
        person.identity_number if person.number % 9 else person.identity_number.lower(),
        person.phone.translate(FULL_WIDTH) if person.number % 11 == 0 else _spaced(person.phone, person.number),
        "农村" if person.rural else "城镇",
        _date(person.start, person.number),
        _date(last_day, person.number + 1),
        _date(person.start, person.number + 2),
        _date(person.last_day, person.number) if person.last_day else "",
        "苏州",
        person.base if tidy else f"{person.base:,}.00",
        person.base,
        5 if tidy else "5%",
        f"=ROUND({person.wage},2)" if person.number % 13 == 0 else person.wage,
        person.bank,
        person.account if tidy != 1 else f"{person.account[:4]} {person.account[4:8]} {person.account[8:]}",
        "",
    ]


def _spoilt(cells: list, person: Person) -> list:
    """Make one mistake in every fifth row."""
    spoilt = list(cells)
    number, text = person.number, person.identity_number
    if number % 30 == 5:
        spoilt[6] = text[:-1] + ("0" if text[-1] != "0" else "1")
    elif number % 30 == 10:
        spoilt[9] = "2026年2月30日"
    elif number % 30 == 15:
        spoilt[7] = "1380000"
    elif number % 30 == 20:
        spoilt[2] = "澄光电了"
    elif number % 30 == 25:
        spoilt[19] = 6.22200000000001e18
    elif number % 30 == 0:
        spoilt[1] = ""
    return spoilt


def _spaced(phone: str, number: int) -> str:
    return phone if number % 5 else f"{phone[:3]}-{phone[3:7]}-{phone[7:]}"


def _date(day: dt.date, number: int) -> object:
    """Write a date as one of the ways people do."""
    return (
        day,
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y/%m/%d}",
        f"{day:%Y.%m.%d}",
        day,
        (day - dt.date(1899, 12, 30)).days,
    )[number % 6]
