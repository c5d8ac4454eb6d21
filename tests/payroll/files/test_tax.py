"""The two files of the tax client, written and read back by a reader of their documented columns."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from agency.periods import Period
from agency.uploads import vault
from payroll.files.listing import kinds_apart
from payroll.files.making import make_bonus, make_people, make_severance, make_students, make_wages
from payroll.files.tax import slips_of, wages, withheld_fen
from payroll.models import Payslip
from payroll.refusals import Refused
from payroll.runs.approving import approve, submit
from payroll.runs.computing import compute
from tests.payroll.documents import tables
from tests.payroll.files.stage import crew
from tests.payroll.runs.stage import attend, bonus, look_through, opened
from tests.payroll.runs.test_students import become_student

pytestmark = pytest.mark.django_db
PAID_IN = Period(2026, 11)
DOCUMENT = tables("files.md")
WAGES = [row["header"] for row in DOCUMENT["Wages for the tax client"]]
PEOPLE = [row["header"] for row in DOCUMENT["People for the tax client"]]


def read_back(made, sheet):
    book = load_workbook(io.BytesIO(vault.get(made.stored).read()))
    assert book.sheetnames == [sheet]
    heads, *rows = book[sheet].values
    return list(heads), [dict(zip(heads, row, strict=True)) for row in rows]


def test_wages_have_the_24_columns_and_the_payslips_amounts(ours):
    run = crew(ours)
    made = make_wages(PAID_IN, ours.payroll_officer)
    heads, rows = read_back(made, "正常工资薪金收入")
    assert heads == WAGES
    assert len(heads) == 24
    slips = {slip.name: slip for slip in Payslip.objects.filter(run=run)}
    assert [row["*姓名"] for row in rows] == [s.name for s in Payslip.objects.filter(run=run).order_by("name_pinyin")]
    for row in rows:
        slip = slips[row["*姓名"]]
        assert row["*证件号码"] == slip.worker.identity_number
        read = {
            name: int(Decimal(str(row[name])) * 100)
            for name in ("本期收入", "基本养老保险费", "基本医疗保险费", "失业保险费", "住房公积金")
        }
        assert read == {
            "本期收入": slip.gross_fen,
            "基本养老保险费": slip.employee_pension_fen,
            "基本医疗保险费": slip.employee_medical_fen,
            "失业保险费": slip.employee_unemployment_fen,
            "住房公积金": slip.employee_fund_fen,
        }
        assert row["累计子女教育"] is None
    assert made.total_fen == run.totals["gross_fen"]
    assert withheld_fen(PAID_IN) == run.totals["tax_fen"]


def test_two_runs_of_one_month_make_one_row(ours):
    crew(ours, names=("王海波",))
    extra = opened(ours, kind="supplementary")
    attend(extra, ours.worker, days_worked_x100=0, allowances_fen=500_00)
    extra = compute(extra, ours.specialist)
    look_through(extra, ours.specialist)
    approve(submit(extra, ours.specialist), ours.payroll_officer)
    _heads, rows = read_back(make_wages(PAID_IN, ours.payroll_officer), "正常工资薪金收入")
    assert len(rows) == 1
    assert rows[0]["本期收入"] == 4100


def test_people_have_the_51_columns(ours):
    crew(ours)
    heads, rows = read_back(make_people(PAID_IN, ours.payroll_officer), "人员信息")
    assert heads == PEOPLE
    assert len(heads) == 51
    worker = ours.worker
    row = next(row for row in rows if row["*姓名"] == worker.name)
    filled = {name: value for name, value in row.items() if value is not None}
    assert filled == {
        "工号": worker.employee_no,
        "*姓名": "王海波",
        "*证件类型": "居民身份证",
        "*证件号码": worker.identity_number,
        "*国籍(地区)": "中国",
        "*性别": "男" if int(worker.identity_number[16]) % 2 else "女",
        "*出生日期": "1990-05-17",
        "*任职受雇从业类型": "雇员",
        "手机号码": worker.phone,
        "任职受雇从业日期": "2026-01-01",
        "是否扣除减除费用": "是",
    }


def test_without_an_approved_payslip_there_is_no_file(ours):
    with pytest.raises(Refused):
        make_wages(PAID_IN, ours.payroll_officer)


def test_the_month_is_that_of_payment(ours):
    crew(ours, names=("王海波",))
    assert slips_of(PAID_IN).count() == 1
    assert slips_of(PAID_IN.previous()).count() == 0


def paid_apart(company, run):
    look_through(run, company.specialist)
    return approve(submit(run, company.specialist), company.payroll_officer)


def test_a_yearly_bonus_has_a_form_of_its_own(ours):
    paid_apart(ours, bonus(ours, 36_000))
    made = make_bonus(PAID_IN, ours.payroll_officer)
    heads, rows = read_back(made, "全年一次性奖金收入")
    assert heads == [row["header"] for row in DOCUMENT["Yearly bonus for the tax client"]]
    assert [(row["*姓名"], row["*全年一次性奖金额"], row["免税收入"]) for row in rows] == [("王海波", 36_000, None)]
    assert made.total_fen == 36_000_00
    assert list(wages(PAID_IN)) == []
    with pytest.raises(Refused):
        make_severance(PAID_IN, ours.payroll_officer)


def test_a_bonus_merged_into_the_year_stands_with_the_wages(ours):
    paid_apart(ours, bonus(ours, 36_000, taxed_apart=False))
    assert [record["income_fen"] for record in wages(PAID_IN)] == [36_000_00]
    with pytest.raises(Refused):
        make_bonus(PAID_IN, ours.payroll_officer)


def test_a_severance_tells_its_exempt_part(ours):
    run = opened(ours, kind="severance", average_wage_fen=100_000_00)
    attend(run, ours.worker, days_worked_x100=0, one_time_fen=350_000_00)
    paid_apart(ours, compute(run, ours.specialist))
    made = make_severance(PAID_IN, ours.payroll_officer)
    heads, rows = read_back(made, "解除劳动合同一次性补偿金")
    assert heads == [row["header"] for row in DOCUMENT["Severance for the tax client"]]
    assert [(row["*一次性补偿收入"], row["免税收入"]) for row in rows] == [(350_000, 300_000)]


def test_students_have_a_form_of_their_own_and_stand_in_no_wages(ours):
    become_student(ours.worker)
    run = crew(ours, names=("王海波", "陈志强"))
    heads, rows = read_back(make_students(PAID_IN, ours.payroll_officer), "劳务报酬所得")
    assert heads == [row["header"] for row in DOCUMENT["Students for the tax client"]]
    slip = Payslip.objects.get(run=run, worker=ours.worker)
    (row,) = rows
    assert (row["*姓名"], row["*证件号码"], row["*所得项目"]) == (
        "王海波",
        ours.worker.identity_number,
        "其他连续劳务报酬所得",
    )
    assert round(row["*本期收入"] * 100) == slip.gross_fen
    _heads, wages_rows = read_back(make_wages(PAID_IN, ours.payroll_officer), "正常工资薪金收入")
    assert [row["*姓名"] for row in wages_rows] == ["陈志强"]
    assert kinds_apart(PAID_IN) == ["student_tax"]


def test_a_month_without_students_makes_no_form_for_them(ours):
    crew(ours)
    assert kinds_apart(PAID_IN) == []
    with pytest.raises(Refused, match="实习"):
        make_students(PAID_IN, ours.payroll_officer)
