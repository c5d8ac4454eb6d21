"""Whatever the formula, columns give what exact fractions give; a row that has no value disturbs no other."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from agency.money import round_fen
from payroll.calculation.formulas import Evaluator, FormulaError, Kind, Ratio, kind_of, parse

from .written import AMOUNTS, KINDS, ROWS, TABLE, Impossible

TABLES = {"工龄表": TABLE}


def columns_of(rows):
    return {
        name: Ratio.of(np.array([row[name] for row in rows], dtype=np.int64), 1 if kind == Kind.TRUTH else 100)
        for name, kind in KINDS.items()
    }


@settings(max_examples=300, deadline=None)
@given(AMOUNTS, st.lists(ROWS, min_size=1, max_size=4))
def test_columns_give_what_fractions_give(written, rows):
    try:
        formula = parse(written.text)
    except FormulaError as error:
        assume(error.code not in ("too_deep", "too_many_parts", "too_long"))
        raise
    assert kind_of(formula, KINDS, TABLES) == Kind.AMOUNT
    value = Evaluator(len(rows), columns_of(rows), TABLES).value(formula.tree)
    fen = value.fen(len(rows))
    errors = np.broadcast_to(value.errors, (len(rows),))
    for at, row in enumerate(rows):
        try:
            exact = written.of(row) * 100
        except Impossible:
            assert errors[at], (written.text, row)
        else:
            assert not errors[at], (written.text, row)
            assert fen[at] == round_fen(exact.numerator, exact.denominator), (written.text, row)


PARTS = st.sampled_from(
    [
        *"()（），,+-×÷*/<>=≤≥≠ %元¥.、",
        "如果",
        "min",
        "查表",
        "舍入",
        "且",
        "非",
        "月薪",
        "天数",
        "工龄表",
        "1",
        "21.75",
        "50%",
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.lists(PARTS, max_size=40).map("".join) | st.text(max_size=80))
def test_no_text_does_worse_than_a_formula_error(text):
    try:
        formula = parse(text)
        kind_of(formula, KINDS, TABLES)
    except FormulaError as error:
        assert 0 <= error.at <= len(text) and error.at < error.end <= len(text) + 1
        return
    rows = [{"月薪": 360000, "补贴": 0, "天数": 0, "件数": 1, "整月": 1}] * 2
    evaluator = Evaluator(2, columns_of(rows), TABLES)
    kind = kind_of(formula, KINDS, TABLES)
    found = evaluator.truth(formula.tree) if kind == Kind.TRUTH else evaluator.value(formula.tree)
    assert found.errors.dtype == np.int64


def test_amounts_beyond_int64_stay_exact():
    rows = [{"月薪": 10**10, "补贴": 0, "天数": 3100, "件数": 10**8, "整月": 1}]
    formula = parse("月薪 × 件数 × 件数 × 件数 × 天数 ÷ 件数 ÷ 件数 ÷ 件数 ÷ 天数")
    assert Evaluator(1, columns_of(rows), {}).value(formula.tree).fen(1)[0] == 10**10
