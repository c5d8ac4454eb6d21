"""The wage sheet on paper: read back from the PDF's own content, it says and adds up what the run does."""

import datetime as dt
import io

import pytest

from agency.models import BusinessEvent
from agency.money import yuan
from agency.uploads import vault
from payroll.files.making import make_sheet
from payroll.files.sheet_plan import SIZES, WIDTH, pages_of, plan_of
from payroll.files.wage_sheet import write_sheet
from payroll.models import Payslip
from payroll.refusals import Refused
from tests.payroll.files.pdf_text import lines_of, texts_of
from tests.payroll.files.stage import crew
from tests.payroll.runs.stage import attend, compute, computed, employ, opened
from tests.payroll.runs.test_sheet_columns import piecework

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 23)


def printed(run, **options) -> bytes:
    body = io.BytesIO()
    write_sheet(run, body, on=DAY, **{"employer": False, "subtotals": False, **options})
    return body.getvalue()


def plain(fen: int) -> str:
    return yuan(fen, symbol="")


def test_head_rows_totals_and_signatures(ours):
    run = crew(ours)
    pdf = printed(run)
    text = [text.text for text in texts_of(pdf)]
    assert text[0] == f"{ours.client.name} 2026年10月工资表"
    for words in (
        f"派遣单位：{run.agency.name}",
        "类型：当月工资",
        "状态：已批准",
        "制表日期：2026-11-23",
        "第 1 页，共 1 页",
    ):
        assert words in text, text[:12]
    assert {f"制表：{ours.specialist.name}", f"审核：{ours.payroll_officer.name}", "签收："} <= set(text)
    lines = lines_of(pdf)
    for slip in Payslip.objects.filter(run=run):
        row = next(line for line in lines if slip.name in line)
        assert {slip.employee_no, plain(slip.gross_fen), plain(slip.net_fen), f"-{plain(slip.tax_fen)}"} & set(row)
        assert row[-1] == plain(slip.net_fen)
    total = next(line for line in lines if line[0] == "合计 4 人")
    assert total[-1] == plain(run.totals["net_fen"])
    assert plain(run.totals["gross_fen"]) in total


def test_columns_nobody_has_a_value_in_are_left_out(ours):
    run = crew(ours)
    text = {text.text for text in texts_of(printed(run))}
    assert {"应发", "实发", "基本工资"} <= text
    assert not {"补缴", "节日加班费", "单位社保", "用工成本"} & text
    assert {"单位社保", "用工成本"} <= {text.text for text in texts_of(printed(run, employer=True))}


def test_own_items_have_columns_that_add_up(ours):
    run = piecework(ours, 3)
    lines = lines_of(printed(run))
    heads = "".join("".join(line) for line in lines[:6])
    assert all(name in heads for name in ("餐补", "计件工资", "住宿费"))
    total = next(line for line in lines if line[0].startswith("合计"))
    assert {"400.00", "675.00", "-264.00", plain(run.totals["net_fen"])} <= set(total)


def test_the_head_is_repeated_and_page_sums_add_up_to_the_total(ours):
    run = opened(ours)
    for serial in range(400, 470):
        attend(run, employ(ours, "陈志强", serial))
    attend(run, ours.worker)
    run = compute(run, ours.specialist)
    pdf = printed(run, subtotals=True)
    pages = max(text.page for text in texts_of(pdf))
    assert pages > 1
    sums = []
    for page in range(1, pages + 1):
        lines = lines_of(pdf, page)
        assert any("实发" in line for line in lines)
        assert any(f"第 {page} 页，共 {pages} 页" in line for line in lines)
        sums.append(next(line for line in lines if line[0].startswith("本页小计")))
    assert sum(round(float(line[-1].replace(",", "")) * 100) for line in sums) == run.totals["net_fen"]
    assert sum(int(line[0].split()[1]) for line in sums) == 71
    names = [line for line in lines_of(pdf) if "陈志强" in line]
    assert len(names) == 70
    assert sum("合计 71 人" in line for line in lines_of(pdf)) == 1


def test_a_sheet_not_yet_approved_says_so(ours):
    assert texts_of(printed(computed(ours)))[0].text.endswith("（未审核，仅供核对）")


def test_a_rare_sign_is_marked_and_explained(ours):
    run = opened(ours)
    attend(run, employ(ours, "王𬭎", 330))
    compute(run, ours.specialist)
    text = [text.text for text in texts_of(printed(run))]
    assert "王〓" in text
    assert any(words.startswith("〓 表示") for words in text)


def test_a_long_name_is_broken_not_cut(ours):
    run = opened(ours)
    attend(run, employ(ours, "阿卜杜热合曼·买买提艾力", 331))
    compute(run, ours.specialist)
    text = "".join(text.text for text in sorted(texts_of(printed(run)), key=lambda text: (text.x, -text.y)))
    assert "阿卜杜热合曼・买买提艾力" in text


def test_a_sheet_is_kept_and_its_export_recorded(ours):
    run = crew(ours)
    made = make_sheet(run, ours.specialist)
    assert (made.kind, made.rows, made.total_fen, made.run) == ("sheet", 4, run.totals["net_fen"], run)
    assert vault.get(made.stored).read(5) == b"%PDF-"
    assert BusinessEvent.objects.filter(name="payroll.run.exported", data__form="pdf").count() == 1


def test_nothing_computed_is_nothing_to_print(ours):
    with pytest.raises(Refused):
        make_sheet(opened(ours), ours.specialist)


def test_smaller_type_comes_before_a_second_line_and_nothing_is_wider_than_the_page():
    for columns in range(1, 80):
        plan = plan_of([2.7, 3, 6, 9], [5.2] * columns, 5, min(9, columns))
        assert plan.size in SIZES
        assert [index for band in plan.bands for index in band] == list(range(columns))
        assert plan.edges[-1] + 5 * plan.size <= 28 + WIDTH + 0.01
    assert len(plan_of([2.7, 3, 6, 9], [5.2] * 12, 5, 7).bands) == 1
    broken = plan_of([2.7, 3, 6, 9], [5.2] * 24, 5, 11)
    assert [len(band) for band in broken.bands] == [11, 13]


def test_pages_take_as_many_rows_as_fit_and_one_at_least():
    assert list(pages_of([1, 1, 2, 1], 3)) == [(0, 2), (2, 4)]
    assert list(pages_of([9, 1], 3)) == [(0, 1), (1, 2)]
