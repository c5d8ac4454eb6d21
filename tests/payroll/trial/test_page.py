"""The trial calculator's page: filled in when it opens, explained line by line, no dead end."""

import pytest
import time_machine

PAGE = "/payroll/trial/"


@pytest.fixture(autouse=True)
def on_23_november():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


def see(browser, **figures):
    answer = browser.get(PAGE, figures)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("kind", ["wages", "bonus", "severance", "service", "nonsense"])
def test_every_calculator_opens_with_an_answer(ours, sign_in, kind):
    status, page = see(sign_in(ours.specialist), kind=kind)
    assert status == 200 and "ledger" in page


def test_wages_of_a_month_in_the_year(ours, sign_in):
    browser = sign_in(ours.specialist)
    figures = {"city": "beijing", "month": "2026-07", "wage_fen": "20000", "fund_rate": "12", "injury_rate": "0.2"}
    status, page = see(browser, kind="wages", method="0", months="7", **figures)
    assert status == 200
    for figure in ("14,447.30", "1,049.70", "20,000 × 9.8%", "20,000 × 2% + 3"):
        assert figure in page, figure


def test_the_better_way_and_the_trap_of_a_bonus(ours, sign_in):
    browser = sign_in(ours.specialist)
    given = {"kind": "bonus", "bonus_fen": "36001", "year": "2026"}
    _status, page = see(browser, **given, income_fen="96000", deductions_fen="78000")
    assert "2,309.10" in page and "3,390.10" in page and "并入全年更省" in page
    _status, page = see(browser, **given, income_fen="500000", deductions_fen="60000")
    assert "单独计税更省" in page


def test_after_2027_a_bonus_is_not_taxed_apart(ours, sign_in):
    given = {"bonus_fen": "1", "income_fen": "0", "deductions_fen": "0", "year": "2028"}
    status, page = see(sign_in(ours.specialist), kind="bonus", **given)
    assert status == 422 and "还没有收录" in page


@pytest.mark.parametrize(
    "figures",
    [
        {"wage_fen": "-1"}, {"wage_fen": "1e9"}, {"wage_fen": "200000000"}, {"month": "2020-01"}, {"months": "12"},
        {"injury_rate": "9"}, {"fund_rate": "30"}, {"city": "lhasa"}, {"month": "x"}, {"wage_fen": ""}, {"months": ""},
    ],
)  # fmt: skip
def test_impossible_figures_are_told(ours, sign_in, figures):
    sensible = {"city": "suzhou", "month": "2026-11", "wage_fen": "8000", "fund_rate": "5", "injury_rate": "0.4",
                "method": "0", "months": "11"}  # fmt: skip
    status, page = see(sign_in(ours.specialist), kind="wages", **{**sensible, **figures})
    assert status == 422 and "还没算出来" in page


def test_a_payment_and_an_internship(ours, sign_in):
    browser = sign_in(ours.specialist)
    assert "440.00" in see(browser, kind="service", income_fen="3000", months="1")[1]
    assert "60.00" in see(browser, kind="service", income_fen="7500", months="2", student="on")[1]
