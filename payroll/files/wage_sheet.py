"""The wage sheet (工资表) of a run as a PDF for paper and signatures: A4 landscape, repeated heads, totals."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from django.utils.translation import override
from reportlab.pdfgen.canvas import Canvas

from payroll.models import PayrollRun
from payroll.runs.sheet_columns import SheetColumn, SheetRow, columns_of, rows_of

from .sheet_drawing import Drawing
from .sheet_plan import GAP, MARGIN, PADDING, PAGE, Plan, pages_of, plan_of
from .sheet_type import FIGURES, MISSING, broken, printable, shown, width_of

NAME_EM, PLACE_EM, SIGN_EM = 5.2, 8.0, 5.0
# Lines of the title above and of the signatures below the table, in points.
TOP, FOOT = 62.0, 40.0


@dataclass
class Survey:
    """What one look at all rows tells: sums, widest values, which columns carry any, and how high each row is."""

    columns: tuple[SheetColumn, ...]
    sums: list[int] = field(default_factory=list)
    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    heights: list[int] = field(default_factory=list)
    number_em: float = 2.0
    places: bool = False
    missing: bool = False

    def see(self, row: SheetRow) -> None:
        self.sums = [a + b for a, b in zip(self.sums, row.values, strict=True)]
        self.low = list(map(min, self.low, row.values))
        self.high = list(map(max, self.high, row.values))
        self.number_em = max(self.number_em, width_of(row.number, FIGURES))
        self.places = self.places or bool(row.place)
        name, place = printable(row.name), printable(row.place)
        self.missing = self.missing or MISSING in name + place
        self.heights.append(max(len(broken(name, NAME_EM)), len(broken(place, PLACE_EM))))

    @property
    def used(self) -> list[int]:
        """The columns to print: those in which anybody has a value, and the net pay always."""
        return [
            index
            for index, column in enumerate(self.columns)
            if self.low[index] or self.high[index] or column.name == "net_fen"
        ]

    def width_em(self, index: int) -> float:
        """Return how wide a column must be for its values, its sum, and its header in at most three lines."""
        column = self.columns[index]
        values = (self.low[index], self.high[index], self.sums[index])
        widest = max(width_of(shown(value, is_count=column.is_count), FIGURES) for value in values)
        head = width_of(printable(column.header))
        return max(widest, min(head, 2.0), head / 3 + 0.5) + PADDING


def write_sheet(run: PayrollRun, target: BinaryIO, *, on: dt.date, employer: bool, subtotals: bool) -> int:
    """Write the wage sheet of a run and return its number of workers.

    `employer` adds the employer's part and cost, `subtotals` a sum below every page, `on` is the day it is made.
    Two passes over the rows: a sheet of any length needs the memory of its finished pages.
    """
    columns = tuple(column for column in columns_of(run) if employer or not column.is_employers)
    survey = surveyed(run, columns)
    plan = plan_for(survey)
    heights = [max(height, len(plan.bands)) for height in survey.heights]
    sheet = Drawing(Canvas(target, pagesize=PAGE, pageCompression=1), plan, survey)
    room = PAGE[1] - 2 * MARGIN - TOP - FOOT - sheet.head_height
    sums = (len(plan.bands) + GAP) * (2 if subtotals else 1)
    pages = list(pages_of([height + GAP for height in heights], room / plan.leading - sums)) or [(0, 0)]
    rows = rows_of(run, columns)
    heads = headings(run, on)
    for number, (first, after) in enumerate(pages, 1):
        sheet.begin(heads, _footnote(survey, number, len(pages)), signatures(run))
        page_sums = [0] * len(columns)
        for serial, row in enumerate(islice(rows, after - first), first + 1):
            sheet.row(serial, row, heights[serial - 1])
            page_sums = [a + b for a, b in zip(page_sums, row.values, strict=True)]
        if subtotals and len(pages) > 1:
            sheet.sum("本页小计", f"{after - first} 人", page_sums)
        if number == len(pages):
            sheet.sum("合计", f"{len(heights)} 人", survey.sums)
        sheet.end()
    sheet.close(heads[0])
    return len(heights)


def surveyed(run: PayrollRun, columns: tuple[SheetColumn, ...]) -> Survey:
    """Look at all rows of a run once."""
    zeros = [0] * len(columns)
    survey = Survey(columns, zeros, list(zeros), list(zeros))
    for row in rows_of(run, columns):
        survey.see(row)
    return survey


def plan_for(survey: Survey) -> Plan:
    """Choose type size and lines for what the survey saw; the plan's bands index all columns."""
    used = survey.used
    serial = width_of(str(max(len(survey.heights), 10)), FIGURES) + PADDING
    lead = [max(serial, 2.0 + PADDING), survey.number_em + PADDING, NAME_EM + PADDING]
    lead.append(PLACE_EM + PADDING if survey.places else 0.0)
    gross = next((at for at, index in enumerate(used) if survey.columns[index].name == "gross_fen"), 0)
    plan = plan_of(lead, [survey.width_em(index) for index in used], SIGN_EM, gross + 1)
    bands = tuple(tuple(used[at] for at in band) for band in plan.bands)
    return Plan(plan.size, bands, plan.lead, plan.edges)


def headings(run: PayrollRun, on: dt.date) -> tuple[str, ...]:
    """Return title and facts for the head of every page; a sheet's words are its format and stay Chinese."""
    with override("zh-hans"):
        kind, state = str(run.get_kind_display()), str(run.get_state_display())
    month = f"{run.month.year}年{run.month.month}月"
    draft = "" if run.is_final else "（未审核，仅供核对）"
    return (
        f"{run.client.name} {month}工资表{draft}",
        f"派遣单位：{run.agency.name}",
        f"类型：{kind}{run.sequence if run.sequence > 1 else ''}",
        f"状态：{state}",
        f"发薪日：{run.pay_date}",
        f"制表日期：{on}",
        "金额单位：元",
    )


def signatures(run: PayrollRun) -> tuple[str, ...]:
    """Return what is signed below every page, with the names already known."""
    approver = run.approver.name if run.approver else ""
    return (f"制表：{run.preparer.name}", f"审核：{approver}", "签收：")


def _footnote(survey: Survey, number: int, of: int) -> Iterator[str]:
    yield f"第 {number} 页，共 {of} 页"
    if survey.missing:
        yield f"{MISSING} 表示打印字体里没有的字，以系统里的姓名为准。"
