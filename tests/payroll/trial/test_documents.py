"""The examples of docs/payroll/trial.md run as they stand there."""

import datetime as dt
import json
import re

import pytest

from agency.money import parse_yuan
from payroll.trial.answering import answer_contributions, answer_payroll
from payroll.trial.exact import read, write
from tests.payroll.documents import DOCS, fen, tables

TEXT = (DOCS / "trial.md").read_text()
BLOCKS = [(name, body) for name, body in re.findall(r"```json (\w+)\n(.*?)```", TEXT, re.S)]
TODAY = dt.date(2026, 11, 23)


def block(name, number=0):
    return [body for kind, body in BLOCKS if kind == name][number]


def answers(text, answer, *more):
    return json.loads(write(answer(read(text), *more)))


def test_the_tax_examples():
    answered = answers(block("trial_payroll"), answer_payroll, TODAY)
    assert [case["result"] for case in answered] == json.loads(block("result"))


def test_the_insurance_examples():
    cases = answers(block("trial_contributions"), answer_contributions)
    told = tables("trial.md")["Insurance and housing fund"]
    got = [
        [case["id"], name, due["employee"]["base"], due["employee"]["amount"], due["employer"]["amount"]]
        for case in cases
        for name, due in case["result"]["insurances"].items()
    ]
    assert [[*row[:2], *(parse_yuan(str(amount)) for amount in row[2:])] for row in got] == [
        [row["case"], row["insurance"], *fen(row, "base", "employee", "employer")] for row in told
    ]
    assert cases[2]["result"]["left_out"].keys() == {"injury", "housing_fund"}


def test_the_errors():
    answered = answers(block("trial_payroll", 1), answer_payroll, TODAY)
    assert [case.get("error", {}).get("where") for case in answered] == json.loads(block("where"))


@pytest.mark.parametrize("kind", ["trial_payroll", "trial_contributions", "result", "where"])
def test_the_document_has_its_blocks(kind):
    assert kind in dict(BLOCKS)
