import datetime as dt
import io

import openpyxl
import pytest

from agency.spreadsheets.annotating import annotate
from agency.spreadsheets.checking import DryRun
from agency.spreadsheets.templates import build_template
from agency.spreadsheets.writing import ExportColumn, ExportSheet, harmless, write_csv, write_workbook
from payroll.runs.attendance_columns import ATTENDANCE
from servicedesk.communication.record_columns import RECORDS
from workers.imports.roster_columns import ROSTER

from .messy import HEADERS, LI, PEOPLE, WANG, check, read, xlsx

MESSY = (
    ("名单",),
    HEADERS,
    ("王小明", WANG, dt.date(2026, 1, 5), 2490, "13800005678"),
    ("李桂兰", LI, "明天", "五千", "138"),
)


def annotated(*rows, **options):
    upload = read(xlsx(*rows))
    report = DryRun(upload.sheet, PEOPLE, upload.headers, upload.mapping).run()
    buffer = io.BytesIO()
    annotate(upload, report, buffer, **options)
    return buffer


def test_bad_cells_are_red_with_the_reason_beside_the_row():
    workbook = openpyxl.load_workbook(annotated(*MESSY))
    sheet = workbook.worksheets[0]
    assert [cell.value for cell in sheet[2]] == [*HEADERS, "哪里要改"]
    assert sheet["C4"].fill.fgColor.rgb == "FFFFC7CE"
    assert "is no date" in sheet["C4"].comment.text
    assert sheet["A4"].fill.fgColor.rgb != "FFFFC7CE"
    assert sheet["F4"].value.count("\n") == 2
    assert sheet["C3"].value == dt.datetime(2026, 1, 5)
    assert [row[0] for row in workbook.worksheets[1].iter_rows(min_row=4, values_only=True)] == [4, 4, 4]


def test_the_annotated_workbook_can_be_corrected_and_sent_again():
    workbook = openpyxl.load_workbook(annotated(*MESSY))
    sheet = workbook.worksheets[0]
    sheet["C4"], sheet["D4"], sheet["E4"] = "2026-01-06", 5000, "13900005678"
    buffer = io.BytesIO()
    workbook.save(buffer)
    values, report = check(buffer)
    assert report.clean
    assert [row["wage_fen"] for row in values] == [249_000, 500_000]
    assert read(buffer).mapping.unknown == []


def test_only_the_bad_rows_keep_the_number_they_had():
    sheet = openpyxl.load_workbook(annotated(*MESSY, only_bad_rows=True)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["姓名", "李桂兰"]
    assert rows[1][-1] == 4


@pytest.mark.parametrize("table", [PEOPLE, ROSTER, ATTENDANCE, RECORDS])
def test_a_template_needs_no_mapping_and_its_example_is_passed_over(table):
    template = io.BytesIO(build_template(table))
    upload = read(template, table)
    assert set(upload.mapping.assigned) == {column.field for column in table.columns}
    assert upload.mapping.unknown == []
    _values, report = check(template, table)
    assert (report.rows, report.errors) == (0, [])


@pytest.mark.parametrize("table", [ROSTER, ATTENDANCE, RECORDS])
def test_the_example_of_a_template_is_itself_correct(table):
    workbook = openpyxl.load_workbook(io.BytesIO(build_template(table)))
    workbook.worksheets[0]["A2"] = None
    buffer = io.BytesIO()
    workbook.save(buffer)
    _values, report = check(buffer, table)
    assert [str(error.reason) for error in report.errors + report.warnings] == []
    assert report.rows == 1


def test_templates_keep_what_is_typed_and_offer_choices():
    sheet = openpyxl.load_workbook(io.BytesIO(build_template(ROSTER))).worksheets[0]
    by_header = {cell.value: cell for cell in sheet[1]}
    assert sheet.column_dimensions[by_header["身份证号*"].column_letter].number_format == "@"
    assert "18 characters" in by_header["身份证号*"].comment.text
    assert any(v.formula1 == '"临时性,辅助性,替代性"' for v in sheet.data_validations.dataValidation)


def test_exports_hold_fen_as_yuan_and_never_a_formula():
    buffer = io.BytesIO()
    columns = (ExportColumn("姓名"), ExportColumn("应发", "money"), ExportColumn("日期", "date"), ExportColumn("账号"))
    dangerous = ["=1+1", "+1", "-1", "@SUM(A1)", "http://example.com"]
    rows = [(text, 449_405, dt.date(2026, 10, 15), "6222021234567890128") for text in dangerous]
    assert write_workbook(buffer, [ExportSheet("工资", columns, rows)]) == 5
    sheet = openpyxl.load_workbook(buffer).active
    assert [sheet.cell(line, 1).value for line in range(2, 7)] == dangerous
    assert {sheet.cell(line, 1).data_type for line in range(2, 7)} == {"s"}
    assert sheet["B2"].value == 4494.05
    assert sheet["D2"].value == "6222021234567890128"


def test_csv_exports_open_in_excel_and_are_harmless():
    columns = (ExportColumn("姓名"), ExportColumn("应发", "money"))
    content = b"".join(write_csv(columns, [("=cmd|' /C calc'!A0", -5), ("王小明", None)]))
    assert content.decode("utf-8-sig").splitlines() == ["姓名,应发", "'=cmd|' /C calc'!A0,-0.05", "王小明,"]
    assert harmless("王小明") == "王小明"
