"""Dates in all the ways people write them, as long as only one day can be meant."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from agency.reasons import Reason, _, reason

from ..cells import Cell
from .base import BadCell, Kind, narrow, wrong_type

# Serial 60 is a day that never was, so this is right from March 1900 on.
EPOCH = dt.date(1899, 12, 30)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年\s]\s*(\d{1,2})\s*[-/.月\s]\s*(\d{1,2})\s*[日号]?(?:[\sT]+\d{1,2}:\d{2}.*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0+)?")
_SERIAL = re.compile(r"(\d{4,6})(?:\.\d+)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_SHORT_YEAR = re.compile(r"(\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?")
_NO_DAY = re.compile(r"\d{4}[-/.年]\d{1,2}月?")
_NO_YEAR = re.compile(r"\d{1,2}[-/.月]\d{1,2}[日号]?")
_CHINESE_DIGITS = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_CHINESE = re.compile(
    r"([〇零○Ｏ一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)

FOREVER = ("长期", "无固定期限", "无固定", "永久", "至今", "无期限", "不限")


@dataclass(frozen=True)
class Date(Kind):
    """Read a date between `earliest` and `latest`; one that may stay open takes words such as 长期."""

    may_be_open: bool = False
    earliest: dt.date = dt.date(1950, 1, 1)
    latest: dt.date = dt.date(2100, 12, 31)

    number_format: ClassVar[str] = "yyyy-mm-dd"

    def read(self, value: Cell) -> dt.date | None:
        if isinstance(value, dt.datetime):
            day = value.date()
        elif isinstance(value, dt.date):
            day = value
        elif isinstance(value, str):
            if self.may_be_open and value.strip() in FOREVER:
                return None
            day = read_date_text(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            day = read_date_number(value)
        else:
            raise wrong_type(value, self.hint())
        if not self.earliest <= day <= self.latest:
            raise BadCell(
                reason(
                    _("%(date)s is not between %(earliest)s and %(latest)s. Check the year."),
                    date=day,
                    earliest=self.earliest,
                    latest=self.latest,
                )
            )
        return day

    def hint(self) -> Reason:
        if self.may_be_open:
            return reason(_("A date such as 2026-01-05, or 长期 when there is no end."))
        return reason(_("A date such as 2026-01-05."))


def read_date_number(number: float) -> dt.date:
    """Return the date of an Excel serial or of a number such as 20260105; raise BadCell for others."""
    whole = int(number)
    if 19_000_101 <= whole <= 21_001_231:
        return _day(whole // 10_000, whole // 100 % 100, whole % 100, str(whole))
    if 61 <= number < 73_416:
        return EPOCH + dt.timedelta(days=whole)
    raise BadCell(reason(_("The number %(value)s is no date. Write it like 2026-01-05."), value=f"{number:.15g}"))


@lru_cache(maxsize=4096)
def read_date_text(original: str) -> dt.date:
    """Return the date of a text; raise BadCell when it is none, or when two days could be meant."""
    text = narrow(original)
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = match.groups()
        return _day(int(year), int(month), int(day), text)
    if match := _SERIAL.fullmatch(text):
        return read_date_number(float(text))
    if match := _CHINESE.fullmatch(text.replace(" ", "")):
        year, month, day = match.groups()
        return _day(int(year.translate(_CHINESE_DIGITS)), _chinese_number(month), _chinese_number(day), text)
    raise BadCell(*_why_not(text))


def _day(year: int, month: int, day: int, text: str) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise BadCell(reason(_("“%(value)s” is not in the calendar. Check month and day."), value=text)) from None


def _why_not(text: str) -> tuple[Reason, str]:
    if match := _YEAR_LAST.fullmatch(text):
        first, second, year = map(int, match.groups())
        sure = (
            f"{year}-{second:02}-{first:02}" if first > 12 else f"{year}-{first:02}-{second:02}" if second > 12 else ""
        )
        return reason(_("“%(value)s” can be read in two ways. Write the year first."), value=text), sure
    if match := _SHORT_YEAR.fullmatch(text):
        year, month, day = map(int, match.groups())
        return (
            reason(_("The year in “%(value)s” has two digits. Write all four."), value=text),
            f"20{year:02}-{month:02}-{day:02}",
        )
    if _NO_DAY.fullmatch(text):
        return reason(_("“%(value)s” has no day. Write it like 2026-01-05."), value=text), ""
    if _NO_YEAR.fullmatch(text):
        return reason(_("“%(value)s” has no year. Write it like 2026-01-05."), value=text), ""
    return reason(_("“%(value)s” is no date. Write it like 2026-01-05."), value=text), ""


def _chinese_number(text: str) -> int:
    if "十" not in text:
        return int(text.translate(_CHINESE_DIGITS))
    tens, _ten, ones = text.partition("十")
    return 10 * int(tens.translate(_CHINESE_DIGITS) or 1) + int(ones.translate(_CHINESE_DIGITS) or 0)
