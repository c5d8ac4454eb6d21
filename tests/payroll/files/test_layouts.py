"""Layouts are data: read strictly, written exactly, and read back by readers that know nothing of them."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from payroll.files.installing import SHIPPED
from payroll.files.layouts import LayoutError, filled, read_layout
from payroll.files.problems import find
from payroll.files.specs import checked
from payroll.files.writing import write

COLUMNS = [
    {"header": "户名", "field": "holder", "width": 10},
    {"header": "金额", "field": "amount_fen", "style": "money", "width": 8, "align": "right"},
]


def written(spec, rows, **summary):
    target = io.BytesIO()
    write(read_layout(spec), rows, summary, target)
    return target.getvalue()


def sheet(spec, rows, **summary):
    return list(load_workbook(io.BytesIO(written({"kind": "xlsx"} | spec, rows, **summary))).active.values)


@pytest.mark.parametrize("shipped", json.loads(SHIPPED.read_text()), ids=lambda row: row["key"])
def test_every_shipped_layout_can_be_read_and_has_a_source(shipped):
    spec = {
        k: v
        for k, v in shipped.items()
        if k not in ("purpose", "key", "name", "source", "provisional", "valid_from", "valid_to")
    }
    assert checked(shipped["purpose"], spec).columns
    assert shipped["source"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "pdf"}, "pdf"),
        ({"encoding": "latin1"}, "latin1"),
        ({"columns": []}, "一列都没有"),
        ({"columns": [{"header": "x", "style": "bold"}]}, "bold"),
        ({"columns": [{"header": "x", "field": "name", "text": "y"}]}, "不能两样都有"),
        ({"columns": [{"heading": "x"}]}, "heading"),
    ],
)
def test_a_layout_that_cannot_be_right_is_refused(change, words):
    with pytest.raises(LayoutError, match=words):
        read_layout({"kind": "xlsx", "columns": COLUMNS} | change)


def test_a_field_nobody_knows_is_refused():
    with pytest.raises(LayoutError, match="bonus_fen"):
        checked("bank", {"kind": "xlsx", "columns": [{"header": "奖金", "field": "bonus_fen"}]})


def test_lines_above_and_below_and_a_constant_column():
    spec = {
        "columns": [*COLUMNS, {"header": "币种", "text": "RMB"}],
        "before": [["总笔数", {"field": "count", "style": "integer"}]],
        "after": [["合计 {count} 笔", {"field": "total_fen", "style": "money"}]],
    }
    rows = sheet(spec, [["王海波", 360_005, None]], count=1, total_fen=360_005)
    assert rows[:3] == [("总笔数", 1, None), ("户名", "金额", "币种"), ("王海波", 3600.05, "RMB")]
    assert rows[3] == ("合计 1 笔", 3600.05, None)


def test_a_hole_nobody_can_fill_is_refused():
    with pytest.raises(LayoutError, match="nobody"):
        filled("{nobody}", {"count": 1})


def test_nothing_becomes_a_formula():
    evil = "=HYPERLINK(1)"
    spec = {"columns": [{"header": "户名", "field": "holder"}]}
    book = load_workbook(io.BytesIO(written({"kind": "xlsx"} | spec, [[evil]])))
    assert (book.active["A2"].data_type, book.active["A2"].value) == ("s", evil)
    text = written({"kind": "csv"} | spec, [[evil]]).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("'=")


def test_a_fixed_line_is_padded_by_bytes():
    """A Han character takes two bytes of GBK: padding by characters, as one system does, shifts every column."""
    body = written(
        {"kind": "fixed", "encoding": "gbk", "header": False, "columns": COLUMNS}, [["王海波", 123_45], ["李", 5]]
    )
    lines = body.split(b"\r\n")
    assert [len(line) for line in lines] == [18, 18, 0]
    assert lines[0][:10].decode("gbk").rstrip() == "王海波"
    assert lines[0][10:] == b"  123.45"
    assert lines[1][10:] == b"    0.05"


def test_what_does_not_fit_is_named_and_never_cut():
    layout = read_layout({"kind": "fixed", "encoding": "gbk", "header": False, "columns": COLUMNS})
    rows = [["欧阳修文轩", 1], ["欧阳修文轩儿", 1], ["𠮷田", 1], ["王", 1], ["李\n四", 1]]
    found = [str(problem) for problem in find(layout, rows, "holder")]
    assert len(found) == 3
    assert "欧阳修文轩儿" in found[0]
    assert "𠮷" in found[1]
    with pytest.raises(UnicodeEncodeError):
        write(layout, [["𠮷田", 1]], {}, io.BytesIO())
    with pytest.raises(ValueError, match="12 bytes"):
        write(layout, [["欧阳修文轩儿", 1]], {}, io.BytesIO())


def test_gb18030_knows_the_rare_character():
    layout = read_layout({"kind": "csv", "encoding": "gb18030", "columns": COLUMNS})
    assert list(find(layout, [["𠮷田", 1]], "holder")) == []


amounts = st.integers(min_value=-(10**12), max_value=10**12)
names = st.text(st.characters(codec="gbk", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=5)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(names, amounts), max_size=20))
def test_any_text_and_amount_comes_back_from_csv(rows):
    body = written({"kind": "csv", "encoding": "gb18030", "columns": COLUMNS}, rows).decode("gb18030")
    back = list(csv.reader(io.StringIO(body, newline="")))[1:]
    for (name, fen), (read_name, read_yuan) in zip(rows, back, strict=True):
        assert read_name.removeprefix("'") == name.removeprefix("'")
        whole, _dot, rest = read_yuan.lstrip("-").partition(".")
        assert int(whole) * 100 + int(rest) == abs(fen)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(names, st.integers(min_value=0, max_value=10**9)), max_size=20))
def test_any_amount_comes_back_from_a_workbook(rows):
    back = sheet({"columns": COLUMNS}, rows)[1:]
    assert [(name, round(value * 100)) for name, value in back] == [(name, fen) for name, fen in rows]
