import datetime as dt
import io

import openpyxl
import pytest
import xlsxwriter
from django.utils import translation

from agency.reasons import Reason
from agency.spreadsheets.checking import DryRun
from agency.spreadsheets.columns import Finding
from payroll.runs.attendance_columns import ATTENDANCE

from .messy import FILES, HEADERS, LI, PEOPLE, WANG, check, read, repacked, saved, xlsx


def problems(report):
    return [(error.row, error.column, error.header, error.value, str(error.reason)) for error in report.errors]


def test_every_bad_cell_is_reported_with_row_column_value_and_reason():
    _values, report = check(
        xlsx(
            HEADERS,
            ("", "110105194912310021", "2026-02-30", "五千", "138"),
            ("李桂兰", LI, "2026-01-05", 2490, "13800005678"),
        )
    )
    assert problems(report) == [
        (2, "A", "姓名", "", "Fill in 姓名."),
        (2, "B", "身份证号", "110105194912310021",
         "The check character does not fit, so a digit is wrong. Compare all 18 with the card."),
        (2, "C", "入职日期", "2026-02-30", "“2026-02-30” is not in the calendar. Check month and day."),
        (2, "D", "基本工资", "五千", "“五千” is not a number. Write digits only."),
        (2, "E", "手机号", "138", "A mobile number has 11 digits; this one has 3."),
    ]  # fmt: skip
    assert (report.rows, report.good_rows, report.bad_rows, report.clean) == (2, 1, 1, False)


def test_the_reasons_are_spoken_in_the_readers_language():
    _values, report = check(xlsx(HEADERS, ("", WANG, "", "", "")))
    stored = Reason.from_json(report.errors[0].reason.as_json())
    with translation.override("zh-hans"):
        assert str(stored) == "请填姓名。"


def test_stored_reports_hide_personal_numbers():
    _values, report = check(xlsx(HEADERS, ("王小明", "110105194912310021", "", "", "")))
    stored = report.errors[0].as_json(PEOPLE)
    assert stored["value"] == "110105********0021"
    assert "19491231" not in str(stored)


def test_merged_titles_blank_rows_totals_and_footers_are_passed_over():
    values, report = check(
        xlsx(
            ("澄光电子 2026年10月名单", None, None),
            ("制表日期：2026-10-12",),
            (),
            HEADERS,
            ("王小明", WANG, dt.date(2026, 1, 5), 2490, None),
            (),
            ("   ", None),
            HEADERS,
            ("合 计", None, None, 2490),
            ("制表人：林晓芸",),
            merged=["A1:E1"],
        )
    )
    assert [row["name"] for row in values] == ["王小明"]
    assert report.clean
    assert report.blank_rows == 2
    assert [(row, str(why)) for row, why in report.skipped] == [
        (8, "the headers once more"),
        (9, "a line of totals"),
        (10, "a footer"),
    ]


def test_dates_numbers_and_digits_in_every_dress():
    values, report = check(
        xlsx(
            HEADERS,
            ("王小明", "１１０１０５１９４９１２３１００２ｘ", 46027, "４，４９４．５０", 13800005678),
            ("李桂兰", f" {LI[:6]} {LI[6:14]} {LI[14:]} ", "2026年1月5日", "¥4,494.5元", "+86 138-0000-5678"),
        )
    )
    assert report.clean
    for row in values:
        assert row["joined"] == dt.date(2026, 1, 5)
        assert row["wage_fen"] == 449_450
        assert row["phone"] == "13800005678"
    assert values[0]["identity_number"] == WANG


@pytest.mark.parametrize("stored", [110105194912310000, 1.10105194912310e17, "1.10105E+17"])
def test_identity_numbers_stored_as_numbers_have_lost_digits(stored):
    _values, report = check(xlsx(HEADERS, ("王小明", stored, "", "", "")))
    assert "kept 15 digits and lost the rest" in str(report.errors[0].reason)


def test_a_second_row_of_the_same_person_is_named_with_the_first():
    _values, report = check(xlsx(HEADERS, ("王小明", WANG), ("李桂兰", LI), ("王小明", WANG.lower())))
    assert problems(report) == [
        (4, "B", "身份证号", WANG.lower(), "The same 身份证号 as in row 2. Keep one of the two.")
    ]


def test_formulas_with_a_value_are_read_and_others_are_reported():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADERS)
        sheet.write_row(1, 0, ["王小明", WANG])
        sheet.write_formula(1, 3, "=1200*2", value=2400)
        sheet.write_row(2, 0, ["李桂兰", LI])
        sheet.write_formula(2, 3, "=Z9", value="#REF!")
    values, report = check(buffer)
    assert values[0]["wage_fen"] == 240_000
    assert problems(report) == [(3, "D", "基本工资", "#REF!", "The formula gives #REF!. Mend it, or type the value.")]


def test_formulas_never_computed_are_reported_and_not_taken_for_blanks():
    _values, report = check(xlsx(HEADERS, ("王小明", WANG, None, "=1200*2")))
    assert [(row, column) for row, column, *_rest in problems(report)] == [(2, "D")]
    assert "never computed" in str(report.errors[0].reason)


def test_formula_errors_pasted_as_text():
    _values, report = check(io.BytesIO(f"姓名,身份证号,底薪\n王小明,{WANG},#N/A\n".encode("gb18030")))
    assert "The formula gives #N/A" in str(report.errors[0].reason)


def test_an_old_xls_with_a_title_a_broken_formula_and_a_total():
    values, report = check(FILES / "attendance.xls", ATTENDANCE)
    assert [row["name"] for row in values] == ["王小明"]
    assert [(row, column, value) for row, column, _header, value, _why in problems(report)] == [(4, "D", "#REF!")]
    assert [row for row, _why in report.skipped] == [5]


def test_a_value_merged_over_rows_counts_for_each():
    workbook = openpyxl.load_workbook(
        xlsx((*HEADERS, "客户"), ("王小明", WANG, "2026-01-05"), ("李桂兰", LI), merged=["C2:C3"])
    )
    values, _report = check(saved(workbook))
    assert [row["joined"] for row in values] == [dt.date(2026, 1, 5)] * 2


def test_rows_and_columns_are_those_of_the_sheet_even_when_the_table_starts_elsewhere():
    workbook = openpyxl.Workbook()
    for column, (header, value) in enumerate(zip(HEADERS, ("王小明", "x", "", "", ""), strict=True), start=4):
        workbook.active.cell(7, column, header)
        workbook.active.cell(9, column, value)
    _values, report = check(saved(workbook))
    assert [(error.row, error.column) for error in report.errors] == [(9, "E")]


def test_the_first_visible_sheet_that_fits_is_taken():
    workbook = openpyxl.load_workbook(xlsx(("说明", "内容"), ("请看", "第二张")))
    sheet = workbook.create_sheet("名单")
    sheet.append(HEADERS)
    sheet.append(("王小明", WANG))
    hidden = workbook.create_sheet("旧名单", 0)
    hidden.append(HEADERS)
    hidden.sheet_state = "hidden"
    assert read(saved(workbook)).sheet.name == "名单"


def test_checks_across_rows_see_batches_and_report_progress():
    def known_people(rows):
        for row in rows:
            if row.values["identity_number"] == LI:
                yield Finding("name", Reason("Nobody of that name."), row=row.row)

    upload = read(xlsx(HEADERS, ("王小明", WANG), ("李桂兰", LI)))
    told = []
    run = DryRun(upload.sheet, PEOPLE, upload.headers, upload.mapping, checks=[known_people],
                 progress=lambda done, total: told.append((done, total)))  # fmt: skip
    assert [row.good for row in run] == [True, False]
    assert problems(run.report) == [(3, "A", "姓名", "李桂兰", "Nobody of that name.")]
    assert told[-1] == (3, 3)


def test_the_same_file_again_gives_the_same_rows():
    upload = read(xlsx(HEADERS, ("王小明", WANG), ("李桂兰", LI)))
    run = DryRun(upload.sheet, PEOPLE, upload.headers, upload.mapping)
    assert [row.values for row in run] == [row.values for row in run]
    assert run.report.clean


def test_a_prefixed_sheet_as_some_servers_write_it():
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cells = "".join(
        f'<x:c r="{c}1" t="inlineStr"><x:is><x:t>{t}</x:t></x:is></x:c>' for c, t in zip("ABCDE", HEADERS, strict=True)
    )
    xml = (
        f'<x:worksheet xmlns:x="{main}"><x:sheetData><x:row r="1">{cells}</x:row><x:row r="2">'
        f'<x:c r="A2" t="inlineStr"><x:is><x:t>王小明</x:t></x:is></x:c>'
        '<x:c r="D2" t="e"><x:f>Z9</x:f><x:v>#REF!</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    _values, report = check(repacked(xlsx(HEADERS), xl___worksheets___sheet1__xml=xml.encode()))
    assert (2, "D", "基本工资", "#REF!", "The formula gives #REF!. Mend it, or type the value.") in problems(report)
