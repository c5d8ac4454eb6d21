"""What a formula may say, and what it answers when it may not."""

import numpy as np
import pytest

from payroll.calculation.columns import RowError
from payroll.calculation.formulas import BandTable, Evaluator, FormulaError, Kind, Ratio, kind_of, parse, told
from payroll.calculation.formulas.kinds import Band

KINDS = {"月薪": Kind.AMOUNT, "出勤天数": Kind.NUMBER, "夜班次数": Kind.NUMBER, "整月": Kind.TRUTH}
SENIORITY = BandTable("工龄表", Kind.NUMBER, Kind.AMOUNT, (Band(6_00, 50_00), Band(12_00, 100_00)))
TABLES = {"工龄表": SENIORITY}
ROW = {"月薪": 3600_00, "出勤天数": 6_00, "夜班次数": 4_00, "整月": 0}


def evaluator(**values):
    row = ROW | values
    columns = {
        name: Ratio.of(np.array([row[name]], dtype=np.int64), 1 if kind == Kind.TRUTH else 100)
        for name, kind in KINDS.items()
    }
    return Evaluator(1, columns, TABLES)


def fen(text, **values):
    formula = parse(text)
    kind_of(formula, KINDS, TABLES)
    value = evaluator(**values).value(formula.tree)
    return int(value.fen(1)[0]), int(np.broadcast_to(value.errors, 1)[0])


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("月薪 ÷ 21.75 × 出勤天数", 993_10),  # docs/payroll/gross.md
        ("月薪／21.75＊出勤天数", 993_10),  # as an input method writes it
        ("min(月薪, 2490)", 2490_00),
        ("最小（月薪，2490元）", 2490_00),
        ("20元 × 夜班次数", 80_00),
        ("如果(整月, 200元, 0元)", 0),
        ("如果(非 整月 且 夜班次数 ≥ 4, 200, 0)", 200_00),
        ("查表(工龄表, 出勤天数)", 50_00),
        ("舍入(月薪 ÷ 21.75, 舍去角)", 165_00),
        ("round(月薪 ÷ 21.75, up_to_yuan)", 166_00),
        ("月薪 × 80% ÷ 21.75", 132_41),
        ("-月薪 + 月薪 × 取整(出勤天数 ÷ 5)", 0),
        ("月薪 - 100 - 50", 3450_00),
    ],
)
def test_worth(text, amount):
    assert fen(text) == (amount, 0)


def test_a_row_divided_by_zero_says_so_and_a_branch_not_taken_does_not():
    assert fen("月薪 ÷ 夜班次数", 夜班次数=0)[1] == RowError.DIVIDED_BY_ZERO
    assert fen("如果(夜班次数 > 0, 月薪 ÷ 夜班次数, 0)", 夜班次数=0) == (0, 0)
    assert fen("如果(夜班次数 > 0 且 月薪 ÷ 夜班次数 > 5, 1, 2)", 夜班次数=0) == (2_00, 0)


def test_below_a_table_there_is_no_value():
    assert fen("查表(工龄表, 出勤天数)", 出勤天数=5_99)[1] == RowError.BELOW_TABLE


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("", "empty", 0),
        ("月薪 +", "ends_too_early", 4),
        ("月薪 出勤天数", "operator_missing", 3),
        ("(月薪 + 1", "not_closed", 0),
        ("月薪)", "closed_too_often", 2),
        ("月薪 + * 2", "value_missing", 5),
        ("月薪 ; 2", "unknown_character", 3),
        ("工资 + 1", "unknown_name", 0),
        ("eval(月薪)", "unknown_function", 0),
        ("查表(表, 1)", "unknown_table", 0),
        ("查表(工龄表, 月薪)", "lookup_key", 8),
        ("月薪 × 月薪", "amount_times_amount", 0),
        ("出勤天数 ÷ 月薪", "number_by_amount", 0),
        ("月薪 + 出勤天数", "amount_and_number", 0),
        ("月薪 + 整月", "figure_wanted", 5),
        ("如果(月薪, 1, 2)", "truth_wanted", 3),
        ("如果(整月, 1)", "if_count", 0),
        ("min(月薪)", "min_count", 0),
        ("1 < 2 < 3", "chained_comparison", 6),
        ("舍入(月薪, 到元)", "unknown_mode", 7),
        ("舍入(出勤天数)", "round_of_number", 3),
        ("取整(月薪)", "floor_of_amount", 3),
        ("1.1234567", "number_too_long", 0),
        ("¥5%", "yuan_and_percent", 0),
        ("(" * 40 + "1" + ")" * 40, "too_deep", 30),
        ("+".join("1" * 200), "too_many_parts", 0),
        ("1" + " " * 600, "too_long", 500),
    ],
)
def test_what_is_wrong_and_where(text, code, at):
    with pytest.raises(FormulaError) as caught:
        kind_of(parse(text), KINDS, TABLES)
    assert (caught.value.code, caught.value.at) == (code, at)


def test_bands_rise():
    with pytest.raises(ValueError, match="rise"):
        BandTable("x", Kind.NUMBER, Kind.AMOUNT, (Band(1, 1), Band(1, 2)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("月薪 ÷ 21.75 × 出勤天数", "3,600 ÷ 21.75 × 6"),
        ("如果(整月, 月薪, 月薪 ÷ 21.75 × 出勤天数)", "3,600 ÷ 21.75 × 6"),
        ("(月薪 + 200元) × 50%", "(3,600 + 200) × 50%"),
        ("月薪 - (月薪 - 200)", "3,600 − (3,600 − 200)"),
        ("min(月薪, 2490元)", "min(3,600, 2490)"),
        ("查表(工龄表, 出勤天数) × 2", "50 × 2"),
    ],
)
def test_told_with_the_numbers_of_a_row(text, shown):
    assert told(parse(text), evaluator()) == shown
