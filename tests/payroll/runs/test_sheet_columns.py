"""A wage sheet with the scheme's own items: columns of their own, and every row adds up."""

import io

import pytest
from openpyxl import load_workbook

from payroll.calculation.items import Place, Source
from payroll.files.ledger import write_ledger
from payroll.models import Payslip
from payroll.payslips.replaying import recompute, replay
from payroll.runs.computing import compute
from payroll.runs.export import export_run
from payroll.runs.sheet_columns import columns_of
from payroll.runs.summing import amounts_of
from tests.payroll.runs.stage import attend, bonus, employ, opened
from tests.payroll.schemes.scheme import with_items

pytestmark = pytest.mark.django_db

ITEMS = (
    ("餐补", "如果(缺勤天数 = 0, 200元, 100元)"),
    {"name": "计件数", "source": Source.QUANTITY.value, "place": Place.NOTE.value},
    {"name": "计件工资", "source": Source.RATE.value, "quantity": "计件数", "rate_millionths": 1_500_000},
    {"name": "住宿费", "source": Source.AMOUNT.value, "place": Place.DEDUCTION.value},
)


def piecework(company, heads: int = 3):
    with_items(company, *ITEMS)
    run = opened(company)
    workers = [company.worker] + [employ(company, f"陈志{n}", 320 + n) for n in range(heads - 1)]
    for n, worker in enumerate(workers):
        attend(run, worker, days_absent_x100=n * 100, items={"item2": 100_00 + n * 5000, "item4": 88_00})
    return compute(run, company.specialist)


def sheet_of(run):
    body = io.BytesIO()
    export_run(run, body)
    return [[cell or 0 for cell in row] for row in load_workbook(body).active.values]


def test_own_items_stand_in_columns_of_their_own_and_rows_add_up(ours):
    head, *people, total = sheet_of(piecework(ours))
    for name, sums in (("餐补", 400), ("计件工资", 675), ("住宿费", -264), ("计件数", 450)):
        assert [row[head.index(name)] for row in people].count(0) == 0
        assert total[head.index(name)] == sums
    gross, net, first = head.index("应发"), head.index("实发"), head.index("基本工资")
    for row in [*people, total]:
        assert round(sum(row[first:gross]), 2) == round(row[gross], 2)
        assert round(sum(row[gross:net]), 2) == round(row[net], 2)
    assert total[head.index("补贴")] == 0


def test_many_payslips_are_computed_again_as_each_alone(ours):
    run = piecework(ours, 5)
    stored = list(Payslip.objects.filter(run=run).order_by("pk").values_list("policy_id", "inputs"))
    together = amounts_of(recompute(run, stored))
    for place, slip in enumerate(Payslip.objects.filter(run=run).order_by("pk").select_related("run__tax_policy")):
        assert replay(slip).differences(slip) == {}
        assert {name: int(column[place]) for name, column in together.items()} == {
            name: getattr(slip, name) for name in together
        }


def test_a_bonus_stands_under_its_own_name(ours):
    assert "奖金" in [column.header for column in columns_of(bonus(ours))]


def test_the_wage_ledger_has_own_items_in_columns_of_their_own_and_adds_up(ours):
    body = io.BytesIO()
    write_ledger(piecework(ours), body)
    head, *people = [[cell or 0 for cell in row] for row in load_workbook(body).active.values]
    for name, sums in (("餐补", 400), ("计件工资", 675), ("住宿费", -264), ("计件数", 450)):
        assert sum(row[head.index(name)] for row in people) == sums
    gross, net, first = head.index("应发"), head.index("实发"), head.index("基本工资")
    for row in people:
        assert round(sum(row[first:gross]), 2) == round(row[gross], 2)
        assert round(sum(row[gross:net]), 2) == round(row[net], 2)
