import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agency.spreadsheets.kinds import (
    BadCell,
    Choice,
    Date,
    Integer,
    Kind,
    Minutes,
    Money,
    Percent,
    Quantity,
    Text,
    TimeOfDay,
)

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31))
EPOCH = dt.date(1899, 12, 30)
FULL_WIDTH = str.maketrans("0123456789.,-/", "０１２３４５６７８９．，－／")


def bad(kind, value):
    with pytest.raises(BadCell) as failure:
        kind.read(value)
    return failure.value


@given(day=DAYS)
def test_a_date_is_the_same_in_every_form(day):
    digits = "〇一二三四五六七八九"
    numbers = ["", *"一二三四五六七八九", "十", *(f"十{n}" for n in "一二三四五六七八九"), "二十",
               *(f"二十{n}" for n in "一二三四五六七八九"), "三十", "三十一"]  # fmt: skip
    forms = (
        day,
        dt.datetime.combine(day, dt.time(8, 30)),
        (day - EPOCH).days,
        float((day - EPOCH).days) + 0.25,
        str((day - EPOCH).days),
        int(f"{day:%Y%m%d}"),
        f"{day:%Y%m%d}",
        f"{day:%Y-%m-%d}",
        f"{day:%Y/%m/%d} 08:30:00",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f" {day.year} 年 {day.month} 月 {day.day} 号 ",
        f"{day:%Y-%m-%d}".translate(FULL_WIDTH),
        "".join(digits[int(d)] for d in str(day.year)) + f"年{numbers[day.month]}月{numbers[day.day]}日",
    )
    assert {Date().read(form) for form in forms} == {day}


@pytest.mark.parametrize(
    ("text", "sentence", "suggestion"),
    [
        ("05/01/2026", "two ways", ""),
        ("13/01/2026", "two ways", "2026-01-13"),
        ("26-1-5", "two digits", "2026-01-05"),
        ("2026年1月", "no day", ""),
        ("1月5日", "no year", ""),
        ("明天", "is no date", ""),
        ("2026-02-30", "not in the calendar", ""),
        ("1926-01-05", "not between", ""),
        (12, "is no date", ""),
        (True, "does not fit", ""),
    ],
)
def test_dates_that_could_mean_another_day_are_refused(text, sentence, suggestion):
    failure = bad(Date(), text)
    assert sentence in str(failure)
    assert failure.suggestion == suggestion


def test_only_an_end_may_stay_open():
    assert Date(may_be_open=True).read("无固定期限") is None
    bad(Date(), "无固定期限")


@given(fen=st.integers(0, 10_000_000_000))
def test_money_is_exact_in_every_form(fen):
    yuan = Decimal(fen).scaleb(-2)
    forms = (float(yuan), f"{yuan}", f"{yuan:,}", f"¥{yuan:,.2f}", f"{yuan}元", f" {yuan} ".translate(FULL_WIDTH))
    assert {Money().read(form) for form in forms} == {fen}


@given(a=st.integers(0, 10_000_000), b=st.integers(0, 10_000_000))
def test_what_a_formula_left_behind_the_digits_is_dropped(a, b):
    assert Money().read(a / 100 + b / 100) == a + b


@pytest.mark.parametrize(
    "value", ["1,50", "12.345", 4567.333333, "五千", "1.2.3", "-5", "(5)", "1e9", "1 0 0 万", "NaN"]
)
def test_amounts_that_are_none(value):
    bad(Money(), value)


@given(text=st.text(max_size=12))
def test_no_text_breaks_a_kind(text):
    kinds = (Date(), Money(), Integer(), Percent(), Quantity(), Minutes(), TimeOfDay(), Text(5))
    for kind in kinds:
        try:
            kind.read(text)
        except BadCell as failure:
            assert str(failure)


def test_a_percentage_is_the_same_in_every_form():
    fund = Percent(2, Decimal(5), Decimal(12))
    assert {fund.read(value) for value in (12, 12.0, "12", "12%", "１２％", 0.12, "0.12")} == {Decimal(12)}
    assert "not between 5 and 12" in str(bad(fund, 13))
    assert "not between 5 and 12" in str(bad(fund, "0.12%"))


def test_quantities_with_their_unit():
    hours = Quantity(units=("小时", "h"))
    assert hours.read("30小时") == hours.read(30.0) == Decimal(30)
    assert bad(hours, "30分").suggestion == "30"
    bad(Quantity(1), 1.25)
    bad(Integer(), 1.5)


@pytest.mark.parametrize("value", ["14:30", "14：30", "下午2:30", "下午2点半", "2:30 pm", dt.time(14, 30), 14.5 / 24])
def test_times_of_day(value):
    assert TimeOfDay().read(value) == dt.time(14, 30)


@pytest.mark.parametrize(
    "value", ["90", 90.0, "90分钟", "1.5小时", "1小时30分", "一", dt.time(1, 30), dt.timedelta(minutes=90)]
)
def test_lengths(value):
    if value == "一":
        bad(Minutes(), value)
    else:
        assert Minutes().read(value) == 90


def test_choices_forgive_spelling_and_say_what_there_is():
    kind = Choice({"urban": ("城镇", "非农业"), "rural": ("农村",)})
    assert kind.read(" 非农业 ") == "urban"
    assert "Write 城镇 / 农村" in str(bad(kind, "市民"))


def test_texts_lose_what_nobody_sees():
    assert Text().read(" 王\u200b小\u3000 明 ") == "王小 明"
    assert Text().read(233.0) == "233"
    bad(Text(3), "四个字啊")


def test_a_kind_that_does_not_say_how_to_read_or_what_to_write_cannot_be_made():
    class Mute(Kind):
        def read(self, value):
            return value

    with pytest.raises(TypeError, match="hint"):
        Mute()
