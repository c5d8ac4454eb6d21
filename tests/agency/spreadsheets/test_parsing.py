"""Whole columns at once, or cell by cell: the values and the sentences are the same."""

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from agency.identifiers import (
    InvalidIdentifier,
    check_bank_account,
    check_identity_number,
    check_phone,
    is_sure_account,
    is_sure_phone,
    sure_identity_numbers,
)
from agency.reasons import _, reason
from agency.spreadsheets.cells import BrokenFormula, is_error_text, shown
from agency.spreadsheets.checking import DryRun
from agency.spreadsheets.columns import Column, Finding, Table, compares
from agency.spreadsheets.furniture import are_plainly_data, is_plainly_data, why_no_data
from agency.spreadsheets.headers import Header, HeaderRow
from agency.spreadsheets.kinds import (
    UNREAD,
    BadCell,
    BankAccountNumber,
    Date,
    IdentityNumberText,
    Integer,
    Money,
    Phone,
    Text,
    YesNo,
)
from agency.spreadsheets.mapping import Mapping
from agency.spreadsheets.parsing import broken
from agency.spreadsheets.reading import is_blank
from tests.cast import identity_number

TABLE = Table(
    "mixed",
    "混合",
    (
        Column("number", "工号", Text(8), unique=True),
        Column("name", "姓名", Text(6), required=True),
        Column("identity", "身份证号", IdentityNumberText(), required=True, unique=True),
        Column("phone", "手机号", Phone()),
        Column("account", "卡号", BankAccountNumber(), unique=True),
        Column("joined", "入职日期", Date(may_be_open=True)),
        Column("wage_fen", "工资", Money()),
        Column("shifts", "夜班", Integer()),
        Column("agreed", "确认", YesNo()),
        Column("missing", "没有", Text(5)),
    ),
)
HEADERS = HeaderRow(1, tuple(Header(index, column.header) for index, column in enumerate(TABLE.columns[:-1])))
MAPPING = Mapping({column.field: header for column, header in zip(TABLE.columns, HEADERS.headers, strict=False)})
IDENTITIES = [identity_number(number) for number in range(12)]
CELLS = st.one_of(
    st.sampled_from(["", " ", "-", "无", "#REF!", "#1", "A 1", " A1", "A1", "周建平", "一二三四五六七", "是", "否"]),
    st.sampled_from([*IDENTITIES, IDENTITIES[0].lower(), IDENTITIES[1][:17] + "*", "110105194912310021", "9" * 18]),
    st.sampled_from(["13800005678", "+86 138-0000-5678", "12800005678", "138", "6222021234567890128", "62220212345"]),
    st.sampled_from(["2026-01-05", "长期", "2026-02-30", "05/06/2026", "4,494.00", "四千", "1.234", "12"]),
    st.sampled_from([0, 1, 1.0, True, False, 46027, 2490.5, -1, 1e16, dt.date(2026, 1, 5), dt.datetime(2026, 1, 5, 8)]),
    st.sampled_from([dt.time(8, 30), dt.timedelta(hours=30), BrokenFormula(), BrokenFormula("#N/A"), "示例", "合计"]),
    st.text(max_size=4),
)
GOOD = st.tuples(
    st.integers(0, 400).map(lambda n: f"N{n}"),
    st.sampled_from(["周建平", "李桂兰"]),
    st.sampled_from(IDENTITIES),
    *[CELLS] * 6,
)
ROWS = st.lists(st.one_of(GOOD, GOOD, st.lists(CELLS, min_size=9, max_size=9)).map(list), max_size=25)


class Lines:
    """A sheet that is nothing but its rows."""

    def __init__(self, rows):
        self.lines, self.row_count = list(enumerate(rows, 2)), len(rows) + 1

    def rows(self):
        return iter(self.lines)


def one_by_one(sheet):
    """Read a sheet cell by cell, with no memory but that of unique values."""
    values, errors, warnings, seen = [], [], [], {}
    for number, cells in sheet.rows():
        if is_blank(cells) or why_no_data(cells, HEADERS) is not None:
            continue
        row = {}
        for index, column in enumerate(TABLE.columns):
            cell = cells[index] if index < len(cells) else ""
            try:
                row[column.field], doubts = judge(column, cell) if index < len(cells) else (None, ())
                warnings += [(*place(number, column, cell), str(doubt)) for doubt in doubts]
                if column.unique and row[column.field] is not None:
                    first = seen.setdefault((column.field, row[column.field]), number)
                    if first != number:
                        words = _("The same %(header)s as in row %(row)d. Keep one of the two.")
                        raise BadCell(reason(words, header=column.header, row=first))
            except BadCell as bad:
                row[column.field] = None
                errors.append((*place(number, column, cell), str(bad.reason)))
        values.append(row)
    return values, errors, warnings


def place(number, column, cell):
    return number, column.header, shown(cell)


def judge(column, cell):
    if isinstance(cell, BrokenFormula):
        raise broken(cell.error)
    text = cell.strip() if isinstance(cell, str) else None
    if text is not None and (not text or text in column.kind.nothing):
        if column.required:
            raise BadCell(reason(_("Fill in %(header)s."), header=column.header))
        return None, ()
    if text is not None and is_error_text(text):
        raise broken(text)
    return column.kind.judge(cell)


def told(findings):
    return [(found.row, found.header, found.value, str(found.reason)) for found in findings]


def kinds_of(rows):
    """Tell 1 from 1.0 and from True."""
    return [[(name, type(value), value) for name, value in row.items()] for row in rows]


@settings(max_examples=300, deadline=None)
@given(rows=ROWS)
def test_columns_and_single_cells_agree(rows):
    run = DryRun(Lines(rows), TABLE, HEADERS, MAPPING)
    values = [row.values for row in run]
    expected, errors, warnings = one_by_one(Lines(rows))
    assert kinds_of(values) == kinds_of(expected)
    assert told(run.report.errors) == errors
    assert told(run.report.warnings) == warnings
    assert run.report.bad_rows == len({row for row, *_rest in errors})


@given(cells=st.lists(CELLS, min_size=9, max_size=9))
def test_what_is_plainly_data_is_neither_blank_nor_furniture(cells):
    if is_plainly_data(cells, HEADERS):
        assert not is_blank(cells)
        assert why_no_data(cells, HEADERS) is None


@given(rows=st.lists(st.lists(CELLS, min_size=9, max_size=9), min_size=1, max_size=4))
def test_rows_that_are_plainly_data_together_are_each_for_itself(rows):
    if are_plainly_data(rows, HEADERS):
        assert all(is_plainly_data(cells, HEADERS) for cells in rows)


def test_data_is_told_at_one_glance_and_totals_are_not():
    rows = [["N1", "周建平", IDENTITIES[0]], ["N2", "周建平", IDENTITIES[1]]]
    assert are_plainly_data(rows, HEADERS)
    assert not are_plainly_data([*rows, ["合计", "2 人", "x"]], HEADERS)
    assert not are_plainly_data([*rows, ["To tal", "2 人", "x"]], HEADERS)


@given(
    amounts=st.lists(
        st.one_of(
            st.integers(-100, 10**10).map(lambda fen: fen / 100),
            st.floats(-10, 1e13),
            st.sampled_from([0.1 + 0.2, 4494.005, 2490.5, 1e8, 1e8 + 0.01, -0.0]),
        ),
        min_size=1,
    )
)
def test_amounts_of_a_whole_column_are_those_of_each_cell(amounts):
    kind = Money()
    for amount, fen in zip(amounts, kind.plain(amounts), strict=True):
        if fen is not UNREAD:
            assert (type(fen), fen) == (int, kind.read(amount))


def test_a_check_across_cells_says_the_same_of_every_row_that_holds_the_same():
    asked = []

    @compares("shifts", "name")
    def few_shifts(values):
        asked.append(values)
        if values["shifts"] == 9:
            yield Finding("shifts", reason(_("Too many for %(name)s."), name=values["name"]))

    table = replace(TABLE, row_checks=(few_shifts,))
    rows = [[f"N{n}", "周建平", identity_number(n), "", "", "", "", 9 if n % 3 else 4, ""] for n in range(9)]
    run = DryRun(Lines(rows), table, HEADERS, MAPPING)
    assert [row.good for row in run] == [n % 3 == 0 for n in range(9)]
    assert [(error.row, error.field) for error in run.report.errors] == [(n + 2, "shifts") for n in range(9) if n % 3]
    assert all(values["name"] == "周建平" for values in asked)
    assert [values for values in asked if values["shifts"] == 4] == [{"shifts": 4, "name": "周建平"}]


def test_the_headers_once_more_are_never_plainly_data():
    assert not is_plainly_data([f" {header.text} " for header in HEADERS.headers], HEADERS)
    assert is_plainly_data(["N1", "周建平", IDENTITIES[0]], HEADERS)


@given(text=st.one_of(st.text("0123456789Xx １", min_size=15, max_size=20), st.sampled_from(IDENTITIES)))
def test_a_sure_number_is_one_that_the_full_rule_takes_without_a_doubt(text):
    if sure_identity_numbers([text])[0]:
        assert (check_identity_number(text).number, check_identity_number(text).warnings) == (text, ())
    if is_sure_account(text):
        assert (check_bank_account(text).number, check_bank_account(text).warnings) == (text, ())
    if is_sure_phone(text):
        assert check_phone(text) == text


@given(serial=st.integers(0, 9999), place=st.integers(0, 17), digit=st.sampled_from("0123456789X"))
def test_the_arithmetic_over_all_rows_is_that_of_the_standard(serial, place, digit):
    number = identity_number(serial)
    number = number[:place] + digit + number[place + 1 :]
    try:
        whole = not check_identity_number(number).warnings
    except InvalidIdentifier:
        whole = False
    assert sure_identity_numbers([number, IDENTITIES[0]]) == [whole, True]


def test_what_repeats_is_read_once_and_keeps_its_type():
    cells = [[f"N{n}", "周建平", identity_number(n), "", "", "", cell, "", ""] for n, cell in enumerate([1, 1.0, "1"])]
    values = [row.values["wage_fen"] for row in DryRun(Lines(cells), TABLE, HEADERS, MAPPING)]
    assert values == [100, 100, 100]
