"""The bureau's member list of a month: nearly the roster, with the gaps a four-way match is there to find."""

import csv
import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from examples.people import Person

HEAD = ["序号", "姓名", "证件号码", "参保情况", "缴费状态"]
FIRST, LAST = dt.date(2026, 10, 1), dt.date(2026, 10, 31)
# Every so many-th person: the bureau was not told of, has not had the money for, or still insures though they left.
UNTOLD, OWED, LEFT = 97, 131, 3


def write(folder: Path, everybody: Iterable[Person]) -> None:
    rows = [row for person in everybody if (row := _row(person))]
    with (folder / "参保名单-苏州-10月.csv").open("w", encoding="gb18030", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["苏州市社会保险单位职工参保缴费明细表（2026年10月）"])
        sheet.writerow(HEAD)
        sheet.writerows([number, *row] for number, row in enumerate(rows, 1))


def _row(person: Person) -> list[str] | None:
    """Return a person as the bureau knows them, or None for who is not insured."""
    if person.start > LAST or person.number % UNTOLD == 0:
        return None
    if person.last_day and person.last_day <= LAST and person.number % LEFT:
        return None
    paid = "未缴" if person.number % OWED == 0 else "已缴"
    return [person.name, person.identity_number, "正常参保", paid]
