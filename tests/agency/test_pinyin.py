import pytest
from hypothesis import given
from hypothesis import strategies as st

from agency.pinyin import (
    EMPLOYEE_NO,
    IDENTITY_NUMBER,
    INITIALS,
    NAME,
    PHONE,
    PHONE_TAIL,
    PINYIN,
    _following,
    initials,
    phone_tail,
    search_terms,
    sort_key,
)


@pytest.mark.parametrize(
    ("name", "pinyin", "letters"),
    [
        ("张三丰", "zhangsanfeng", "zsf"),
        ("单雄信", "shanxiongxin", "sxx"),
        ("仇和", "qiuhe", "qh"),
        ("区少华", "oushaohua", "osh"),
        ("曾小明", "zengxiaoming", "zxm"),
        ("解晓东", "xiexiaodong", "xxd"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("尉健行", "weijianxing", "wjx"),
        ("万俟卨", "moqixie", "mqx"),
        ("朴正洙", "piaozhengzhu", "pzz"),
        ("查良镛", "zhaliangyong", "zly"),
        ("吕布", "lvbu", "lb"),
        ("买买提·艾力", "maimaitiaili", "mmtal"),
        ("李 雷", "lilei", "ll"),
        ("Anna", "anna", "a"),
        ("", "", ""),
    ],
)
def test_a_name_is_read_as_a_name(name, pinyin, letters):
    assert sort_key(name) == pinyin
    assert initials(name) == letters


def test_people_sort_by_sound_and_not_by_code_point():
    assert sorted(["单雄信", "曾小明", "阿明", "张三丰"], key=sort_key) == [
        "阿明",
        "单雄信",
        "曾小明",
        "张三丰",
    ]


def understood(query):
    return [{(term.column, term.value) for term in word} for word in search_terms(query)]


def test_what_the_searcher_typed_is_understood():
    assert understood("张三") == [{(NAME, "张三")}]
    assert {(INITIALS, "zsf"), (PINYIN, "zsf")} <= understood("ZSF")[0]
    assert understood("5678") == [{(PHONE_TAIL, "5678"), (EMPLOYEE_NO, "5678")}]
    assert understood("345678") == [{(PHONE_TAIL, "5678"), (EMPLOYEE_NO, "345678")}]
    assert understood("12") == [{(EMPLOYEE_NO, "12")}]
    assert understood("13812345678") == [{(PHONE, "13812345678"), (EMPLOYEE_NO, "13812345678")}]
    assert understood("11010119900307757x") == [{(IDENTITY_NUMBER, "11010119900307757X")}]
    assert understood("gz-0012") == [{(EMPLOYEE_NO, "gz-0012"), (EMPLOYEE_NO, "GZ-0012")}]


def test_a_name_typed_in_pieces_is_one_name_and_a_number_beside_it_narrows():
    assert understood("张 三") == understood("张三")
    assert understood("zhang san") == understood("zhangsan")
    assert (PINYIN, "xian") in understood("xi'an")[0]
    assert (PINYIN, "lv") in understood("lü")[0]
    assert understood("张三 5678") == [{(NAME, "张三")}, {(PHONE_TAIL, "5678"), (EMPLOYEE_NO, "5678")}]


@pytest.mark.parametrize("query", ["", "  ", "?!", "\x00", "'"])
def test_nothing_to_search_for(query):
    assert search_terms(query) == []


@given(st.text(max_size=100))
def test_no_query_is_too_odd_to_be_read(query):
    for word in search_terms(query):
        assert all(term.value and "\x00" not in term.value for term in word)


@given(prefix=st.text(min_size=1, max_size=5), rest=st.text(max_size=5), other=st.text(max_size=8))
def test_the_range_holds_exactly_what_starts_with_the_prefix(prefix, rest, other):
    upper = _following(prefix)
    if ord(prefix[-1]) < 0x10FFFF:
        assert prefix <= prefix + rest < upper
        assert (prefix <= other < upper) == other.startswith(prefix)


def test_the_tail_of_a_phone():
    assert phone_tail("138-1234-5678") == "5678"
    assert phone_tail("12") == phone_tail("") == ""
