"""Whatever is wrong with a formula, people read what, where, and how to mend it."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

import payroll.calculation.formulas as formulas
from payroll.calculation.columns import RowError, names_of
from payroll.calculation.formulas import FormulaError, parse
from payroll.payslips.ledger import ERRORS
from payroll.schemes.formula_words import WORDS, words_of

FOLDER = Path(formulas.__file__).parent


def codes_raised():
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "FormulaError":
                yield from (part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant))


def test_every_code_has_words():
    assert set(codes_raised()) - {"_count"} - set(WORDS) == set()
    assert {f"{name}_count" for name in ("if", "min", "max", "floor")} <= set(WORDS)


def test_what_and_where_in_chinese_and_english():
    with pytest.raises(FormulaError) as caught:
        parse("月薪 + * 2")
    with translation.override("zh-hans"):
        assert words_of(caught.value) == "第 6 个字：“*”前面缺一个值，请补上项目或数字。"
    with translation.override("en"):
        assert words_of(caught.value).startswith("Character 6: A value is missing before")


def test_every_row_error_has_words():
    everything = sum(int(flag) for flag in RowError)
    assert set(names_of(RowError, everything)) <= set(ERRORS)
