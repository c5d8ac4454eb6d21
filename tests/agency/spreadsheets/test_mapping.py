import pytest

from agency.spreadsheets.cells import column_index, column_letter
from agency.spreadsheets.refusals import Refused
from payroll.runs.attendance_columns import ATTENDANCE
from servicedesk.communication.record_columns import RECORDS
from workers.imports.roster_columns import ROSTER

from .messy import HEADERS, PEOPLE, WANG, check, read, xlsx


def assigned(upload):
    return {name: header.letter for name, header in upload.mapping.assigned.items()}


def test_headers_in_another_order_with_other_words():
    upload = read(xlsx(("联系电话", " 身份证 号码 * ", "员工姓名（必填）", "底薪\n（元）", "血型")))
    assert assigned(upload) == {"phone": "A", "identity_number": "B", "name": "C", "wage_fen": "D"}
    assert [header.text for header in upload.mapping.unknown] == ["血型"]
    assert upload.mapping.complete


def test_missing_columns_are_reported_with_what_was_found():
    upload = read(xlsx(("姓名", "工资"), ("王小明", 1)))
    assert [str(problem) for problem in upload.mapping.problems(upload.headers)] == [
        "No column for 身份证号. The file has: 姓名、工资."
    ]


def test_the_person_decides_and_is_remembered():
    file = xlsx(("甲", "乙", "姓名"), ("王小明", WANG, "not a name"))
    first = read(file, overrides={"A": "name", "乙": "identity_number", "C": ""})
    assert assigned(first) == {"name": "A", "identity_number": "B"}
    again = read(file, remembered=first.mapping.remember())
    assert assigned(again) == {"name": "A", "identity_number": "B"}


def test_the_more_exact_of_two_headers_wins():
    upload = read(xlsx(("联系电话", "手机号", *HEADERS[:2])))
    assert upload.mapping.assigned["phone"].text in ("手机号", "联系电话")
    assert len(upload.mapping.unknown) == 1


def test_headers_on_two_lines():
    upload = read(
        xlsx(
            ("考勤汇总",),
            ("姓名", "工号", "出勤天数", "加班小时", None, None, "备注"),
            (None, None, None, "平日", "周末", "节日", None),
            ("王小明", "0233", 22, 18, 16, 0, ""),
            merged=["A1:G1", "D2:F2", "A2:A3", "B2:B3", "C2:C3", "G2:G3"],
        ),
        ATTENDANCE,
    )
    assert upload.headers.row == 3
    assert assigned(upload) == {
        "name": "A", "employee_no": "B", "days_worked": "C",
        "overtime_hours": "D", "weekend_hours": "E", "holiday_hours": "F", "remark": "G",
    }  # fmt: skip


def test_one_of_two_columns_is_enough_but_each_row_needs_one():
    table = xlsx(("姓名", "工号", "身份证号", "出勤天数"), ("王小明", "", "", 22), ("李桂兰", "0234", "", 22))
    values, report = check(table, ATTENDANCE)
    assert [row["name"] for row in values] == ["李桂兰"]
    assert str(report.errors[0].reason) == "Fill in 工号 / 身份证号."
    assert not read(xlsx(("姓名", "出勤天数"), ("王小明", 22)), ATTENDANCE).mapping.complete


def test_a_file_without_anything_like_headers_is_refused():
    with pytest.raises(Refused, match="No table was found"):
        read(xlsx((1, 2, 3), (4, 5, 6)))


@pytest.mark.parametrize("table", [PEOPLE, ROSTER, ATTENDANCE, RECORDS])
def test_no_header_means_two_columns(table):
    from agency.spreadsheets.headers import normalised

    owners: dict[str, set[str]] = {}
    for column in table.columns:
        for text in (column.header, *column.synonyms):
            owners.setdefault(normalised(text), set()).add(column.field)
    assert {text: fields for text, fields in owners.items() if len(fields) > 1} == {}


def test_column_letters():
    assert [column_letter(index) for index in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert all(column_index(column_letter(index)) == index for index in range(16384))
