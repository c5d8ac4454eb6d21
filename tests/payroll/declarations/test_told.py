"""A payslip tells what declarations have changed: replaced, new, withdrawn, with the sums before and after."""

from payroll.payslips.declared_words import changed_by_declarations


def told(additional=0, replaced=0, **kinds):
    figures = {f"declared:{kind}": fen for kind, fen in kinds.items()}
    return {"additional_to_date_fen": additional, "replaced_fen": replaced} | figures


def test_a_sheets_sum_replaced_says_both_sums():
    words = list(changed_by_declarations(told(4000_00, 1000_00, children_education=4000_00), told(1000_00)))
    assert words == [
        "已替换：按导入表本月 ¥1,000.00、累计 ¥2,000.00；按本人申报累计 ¥4,000.00。",
        "新申报：子女教育，原来 0.00，现在累计 ¥4,000.00。",
    ]


def test_a_withdrawn_one_says_what_comes_back():
    before = told(6000_00, rent=3000_00, children_education=3000_00)
    words = list(changed_by_declarations(told(3000_00, children_education=4000_00), before))
    assert words == ["已撤回：住房租金，原来累计 ¥3,000.00，现在 0.00。"]


def test_without_a_change_nothing_is_said():
    assert list(changed_by_declarations(told(4000_00, rent=4000_00), told(2000_00, rent=2000_00))) == []


def test_in_the_first_month_of_the_year_all_is_new():
    assert len(list(changed_by_declarations(told(2000_00, rent=1500_00, elderly=500_00), None))) == 2
