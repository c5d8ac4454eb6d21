"""The trials over the API: exact amounts, the permissions of the page, nothing stored."""

import pytest

from payroll.trial.api import MOST_CASES

ADDRESSES = {"payroll": "/api/trial/payroll/", "contributions": "/api/trial/contributions/"}


def post(browser, name, data):
    return browser.post(ADDRESSES[name], data, content_type="application/json")


def test_cases_come_back_answered(ours, sign_in):
    browser = sign_in(ours.specialist)
    answer = post(browser, "payroll", [{"kind": "annual", "inputs": [{"taxable_income": 36000}]}])
    assert answer.status_code == 200 and answer.json()[0]["result"] == [{"tax": 1080}]
    answer = post(browser, "contributions", [{"city": "上海", "period": "2026-10", "base": 9000.5}])
    assert answer.json()[0]["result"]["insurances"]["pension"]["employee"]["amount"] == 720.04


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("data", ["", "[", "{}", "[" + "1," * MOST_CASES + "1]", " " * 2_000_001])
def test_what_is_no_list_of_cases_is_a_400(ours, sign_in, name, data):
    assert post(sign_in(ours.specialist), name, data).status_code == 400


def test_who_does_no_payroll_has_no_trial(ours, sign_in):
    assert post(sign_in(ours.trainer), "payroll", "[]").status_code == 403
