"""A worker on a line, September: every amount of the payslip is explained."""

from agency.money import yuan
from payroll.calculation.gross import HOLIDAY, REST_DAY, WEEKDAY
from payroll.calculation.payslips import compute_payslips
from payroll.calculation.withholding import BasicMethod
from payroll.calculation.workings import workings
from tests.payroll.workers import RULES, one_worker, whole, year_to_date, yuan_column


def on_the_line():
    return one_worker(
        wage="3600",
        social_base="4879",
        fund_base="3600",
        month="2026-09",
        gross__attended_days_x100=whole(2200),
        gross__overtime_hours_x100={WEEKDAY: whole(2000), REST_DAY: whole(1600), HOLIDAY: whole(800)},
        gross__allowances_fen={"night": yuan_column("240"), "full_attendance": yuan_column("500")},
        tax__before=year_to_date("45886.20", "4846.10", "31.20"),
        tax__months_here=whole(8),
        tax__basic_method=whole(BasicMethod.FIRST_JOB_OF_YEAR),
        deductions_fen={"dormitory": yuan_column("62.40")},
    )


def told(lines):
    return [(line.key, yuan(line.amount_fen, ""), line.formula) for line in lines]


def test_the_payslip_of_a_worker_on_the_line():
    inputs = on_the_line()
    story = workings(inputs, compute_payslips(inputs, RULES), 0)
    assert told(story.earned) == [
        ("base_wage", "3,600.00", ""),
        ("overtime_weekday", "620.69", "3,600 ÷ 21.75 ÷ 8 × 1.5 × 20"),
        ("overtime_rest_day", "662.07", "3,600 ÷ 21.75 ÷ 8 × 2 × 16"),
        ("overtime_holiday", "496.55", "3,600 ÷ 21.75 ÷ 8 × 3 × 8"),
        ("allowance", "240.00", ""),
        ("allowance", "500.00", ""),
    ]
    assert story.gross_fen == 611931
    assert told(story.taken) == [
        ("pension_employee", "−390.32", "4,879 × 8%"),
        ("medical_employee", "−97.58", "4,879 × 2%"),
        ("unemployment_employee", "−24.40", "4,879 × 0.5%"),
        ("housing_fund_employee", "−180.00", "3,600 × 5%"),
        ("tax", "−12.81", ""),
        ("deduction", "−62.40", ""),
    ]
    assert story.net_fen == 535180
    assert story.earned[1].numbers == {"hours": "20", "hourly": "20.69", "times": "1.5"}


def test_the_tax_of_september_comes_from_the_whole_year():
    inputs = on_the_line()
    story = workings(inputs, compute_payslips(inputs, RULES), 0)
    assert told(story.tax) == [
        ("tax_income_to_date", "52,005.51", ""),
        ("tax_basic", "−45,000.00", "5,000 × 9"),
        ("tax_special", "−5,538.40", ""),
        ("tax_additional", "0.00", ""),
        ("tax_taxable", "1,467.11", ""),
        ("tax_to_date", "44.01", "1,467.11 × 3%"),
        ("tax_withheld_before", "−31.20", ""),
        ("tax_withheld", "12.81", ""),
    ]
    assert story.tax[-2].numbers == {"months": "7"}


def test_a_row_in_error_has_reasons_instead_of_lines():
    inputs = one_worker(gross__attended_days_x100=whole(-100), gross__wage_fen=whole(-1))
    story = workings(inputs, compute_payslips(inputs, RULES), 0)
    assert story.earned == story.taken == story.tax == ()
    assert story.errors == ("negative_amount", "attendance_out_of_range")
