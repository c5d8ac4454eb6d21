"""The figures of docs/payroll/formulas.md, and those of docs/payroll/gross.md that pay schemes bring."""

import datetime as dt

import numpy as np
import pytest

from agency.money import parse_yuan
from payroll.calculation.formulas import BandTable, Evaluator, FormulaError, Kind, Ratio, kind_of, parse
from payroll.calculation.formulas.kinds import Band
from payroll.calculation.gross import BaseMethod
from payroll.calculation.item_names import FACTS
from payroll.calculation.item_pay import limited
from payroll.calculation.items import Limit
from payroll.runs.wages import average_wage
from payroll.schemes.choosing import sick_pay
from tests.payroll.documents import tables

DOCUMENT, GROSS = tables("formulas.md"), tables("gross.md")
KINDS = {name: kind for name, (_english, kind) in FACTS.items()}
TABLES = {
    "工龄表": BandTable("工龄表", Kind.NUMBER, Kind.AMOUNT, (Band(0, 0), Band(12_00, 100_00), Band(36_00, 200_00)))
}
WORKER = {
    "月薪": 3600_00, "出勤天数": 20_50, "缺勤天数": 1_50, "夜班次数": 4_00, "司龄月数": 14_00, "月份": 7_00,
    "最低工资": 2490_00, "高温津贴标准": 300_00, "整月": 1, "月薪制": 1,
}  # fmt: skip


USED = {"What a formula says", "Worth", "What is wrong, and where", "Limits of deductions"}


def test_every_table_is_checked():
    assert DOCUMENT.keys() == USED


def whole(*values):
    return np.array(values, dtype=np.int64)


def code(cell):
    return cell.strip("`")


def evaluator():
    columns = {name: Ratio.of(whole(value), 1 if KINDS[name] == Kind.TRUTH else 100) for name, value in WORKER.items()}
    return Evaluator(1, columns, TABLES)


@pytest.mark.parametrize("row", DOCUMENT["Worth"], ids=lambda row: row["formula"])
def test_worth(row):
    formula = parse(code(row["formula"]))
    assert kind_of(formula, KINDS, TABLES) in (Kind.AMOUNT, Kind.ANY)
    value = evaluator().value(formula.tree)
    assert (value.fen(1)[0], int(np.max(value.errors))) == (parse_yuan(row["worth"]), 0)


@pytest.mark.parametrize("row", DOCUMENT["What is wrong, and where"], ids=lambda row: row["formula"])
def test_wrong(row):
    with pytest.raises(FormulaError) as caught:
        kind_of(parse(code(row["formula"])), KINDS, TABLES)
    assert (caught.value.code, caught.value.at + 1) == (row["code"], int(row["character"]))


@pytest.mark.parametrize("row", DOCUMENT["Limits of deductions"], ids=str)
def test_limits(row):
    asked, gross, left, taken = (parse_yuan(row[name]) for name in ("asked", "gross", "left before it", "taken"))
    assert limited(whole(asked), Limit(row["limit"]), whole(gross), whole(left), 2490_00)[0] == taken


@pytest.mark.parametrize("row", GROSS["Several placements in a month"], ids=str)
def test_several_placements(row):
    days = [dt.date(2026, 10, 1) + dt.timedelta(days=n) for n in range(31)]
    first, second = int(row["its workdays"]), int(row["then workdays"])
    turn, end = days[first], days[first + second]
    spans = [(parse_yuan(row["first wage"]), days[0], turn), (parse_yuan(row["second wage"]), turn, end)]
    assert average_wage(spans, days) == parse_yuan(row["wage of the month"])


@pytest.mark.parametrize("row", GROSS["Sick leave"], ids=str)
def test_sick_leave(row):
    method = whole(BaseMethod[row["method"].upper()])
    change = sick_pay(whole(parse_yuan(row["wage"])), whole(1_00), method, int(row["share"]), 2490_00)
    assert change[0] == parse_yuan(row["change"])
