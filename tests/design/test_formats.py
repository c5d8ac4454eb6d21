"""Days, times, money, rates and scores as people write them."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation

from agency.periods import Period

WEDNESDAY = dt.date(2026, 10, 21)


def write(expression: str, **values: object) -> str:
    return Template(f"{{{{ {expression} }}}}").render(Context(values))


@pytest.mark.parametrize(
    ("expression", "value", "chinese", "english"),
    [
        ("v|day", WEDNESDAY, "10月21日 周三", "Wed 21 Oct"),
        ("v|day_short", WEDNESDAY, "10月21日", "21 Oct"),
        ("v|day_year", dt.date(2027, 3, 31), "2027年3月31日", "31 Mar 2027"),
        ("v|month", Period(2026, 10), "2026年10月", "Oct 2026"),
        ("v|month", "2026-10", "2026年10月", "Oct 2026"),
        ("v|yuan", 1_234_567, "¥12,345.67", "¥12,345.67"),
        ("v|yuan_plain", -51_230, "−512.30", "−512.30"),
        ("v|signed_yuan", 118_000, "+1,180.00", "+1,180.00"),
        ("v|signed_yuan", 0, "0.00", "0.00"),
        ("v|rate", 95_000, "9.5%", "9.5%"),
        ("v|rate", Decimal("0.16"), "16%", "16%"),
        ("v|score1", Decimal("87.45"), "87.5", "87.5"),
        ("v|count", 2146, "2,146", "2,146"),
        ("v|yuan", None, "—", "—"),
        ("v|day", None, "—", "—"),
    ],
)
def test_a_filter_writes(expression, value, chinese, english):
    with translation.override("zh-hans"):
        assert write(expression, v=value) == chinese
    with translation.override("en"):
        assert write(expression, v=value) == english


def test_a_moment_is_local_not_utc():
    late = dt.datetime(2026, 10, 20, 16, 30, tzinfo=dt.UTC)
    assert (write("v|day", v=late), write("v|clock", v=late)) == ("10月21日 周三", "00:30")


@time_machine.travel("2026-10-21 08:00+08:00", tick=False)
@pytest.mark.parametrize(
    ("day", "written"),
    [
        (dt.date(2026, 10, 20), "昨天"),
        (WEDNESDAY, "今天"),
        (dt.date(2026, 10, 22), "明天"),
        (dt.date(2026, 10, 23), "10月23日 周五"),
        (dt.date(2027, 3, 31), "2027年3月31日"),
    ],
)
def test_near_days_have_names(day, written):
    assert write("v|near_day", v=day) == written


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (dt.date(2026, 10, 5), dt.date(2026, 10, 15), "5—15日"),
        (dt.date(2026, 10, 28), dt.date(2026, 11, 3), "10月28日—11月3日"),
        (WEDNESDAY, WEDNESDAY, "10月21日"),
    ],
)
def test_a_range_of_days(first, last, written):
    assert Template("{% day_range a b %}").render(Context({"a": first, "b": last})) == written
