"""`trial_payroll`: every kind answered as in the published cases, every impossible case told where and how to mend."""

import datetime as dt
import io
import json
import sys
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from payroll.trial.answering import answer_payroll
from payroll.trial.exact import read, write
from payroll.trial.faults import TrialFault
from payroll.trial.tax_cases import KINDS
from tests.payroll.reference import Year

EXAMPLES = (Path(__file__).parents[2] / "examples" / "iit_examples.json").read_bytes()
TODAY = dt.date(2026, 11, 23)


def ask(cases, today=TODAY):
    text = cases if isinstance(cases, str | bytes) else json.dumps(cases)
    return json.loads(write(answer_payroll(read(text), today)), parse_constant=pytest.fail)


def one(kind, *rows, **more):
    return ask([{"id": "K", "kind": kind, "inputs": list(rows), **more}])[0]


def month(number, income=10000, **more):
    return {"month": number, "income": income, **more}


def run(monkeypatch, command, data):
    class Standard(io.StringIO):
        buffer = io.BytesIO(data)

    class Out(io.StringIO):
        buffer = io.BytesIO()

    monkeypatch.setattr(sys, "stdin", Standard())
    monkeypatch.setattr(sys, "stdout", Out())
    call_command(command)
    return json.loads(Out.buffer.getvalue())


def test_the_published_cases_come_back_with_their_results(monkeypatch):
    answered = run(monkeypatch, "trial_payroll", EXAMPLES)
    assert [case["result"] for case in answered] == [case["expected"] for case in json.loads(EXAMPLES)]
    assert [{name: case[name] for name in case if name != "result"} for case in answered] == json.loads(EXAMPLES)


def test_an_answer_can_be_asked_again(monkeypatch):
    once = run(monkeypatch, "trial_payroll", EXAMPLES)
    assert run(monkeypatch, "trial_payroll", json.dumps(once).encode()) == once


def test_every_kind_is_known():
    assert set(KINDS) == {
        "monthly", "annual", "bonus_separate", "severance", "remuneration_cumulative", "remuneration_single",
    }  # fmt: skip


def test_numbers_stand_as_they_were_written():
    text = '[{"id": 7.50, "kind": "annual", "inputs": [{"taxable_income": 36000.00}]}]'
    assert '"id": 7.50' in write(answer_payroll(read(text), TODAY))


@pytest.mark.parametrize(
    ("rows", "withheld"),
    [
        # A fall below what was withheld: nothing back, nothing twice.
        ([month(1, 30000), month(2, 0), month(3, 0), month(4, 30000)], [750, 0, 0, 730]),
        # A month left out counts for nothing; one written with 0 does.
        ([month(1, 8000), month(5, 8000)], [90, 90]),
        ([month(1, 8000), month(2, 0), month(3, 8000)], [90, 0, 0]),
        ([month(7, 40000, basic_deduction_cumulative=35000), month(8)], [150, 150]),
        ([month(1, 60000, basic_deduction_cumulative=60000), month(2, 1, basic_deduction=0)], [0, 0.03]),
        ([month(1, basic_deduction=60000), month(2, 60000, basic_deduction=0)], [0, 300]),
        ([month(1, 10000, relief=200), month(2, 10000)], [0, 100]),
        ([month(1, 10000, relief=75, exempt=1000, pension=1000, other=500)], [0]),
        ([month(12, 1000000)], [265830]),
        ([month(6, 5000.01)], [0]),
        ([month(6, 5000.17)], [0.01]),
        ([month(1, 0.1 + 0.2 + 5000)], [0.01]),
        ([month(1, 20000), month(2, 20000, additional_deductions=12000)], [450, 90]),
    ],
)
def test_months(rows, withheld):
    assert [row["withheld"] for row in one("monthly", *rows)["result"]] == withheld


@pytest.mark.parametrize(
    ("kind", "row", "tax"),
    [
        ("annual", {"taxable_income": 0}, 0),
        ("annual", {"taxable_income": 960000.01}, 250080),
        ("annual", {"taxable_income": 960000.02}, 250080.01),
        ("annual", {"taxable_income": 100000000}, 44818080),
        ("bonus_separate", {"bonus": 0}, 0),
        ("bonus_separate", {"bonus": 38566.67}, 3646.67),
        ("bonus_separate", {"bonus": 300000}, 58590),
        ("bonus_separate", {"bonus": 300001}, 72340.25),
        ("bonus_separate", {"bonus": 960001}, 416840.45),
        ("severance", {"severance": 360000, "local_avg_annual_wage": 120000}, 0),
        ("severance", {"severance": 360000.34, "local_avg_annual_wage": 120000}, 0.01),
        ("severance", {"severance": 1400000, "local_avg_annual_wage": 150924}, 245609.8),
        ("remuneration_single", {"income": 800}, 0),
        ("remuneration_single", {"income": 4000}, 640),
        ("remuneration_single", {"income": 4000.01}, 640),
        ("remuneration_single", {"income": 25000}, 4000),
        ("remuneration_single", {"income": 62500}, 13000),
        ("remuneration_single", {"income": 100000}, 25000),
        ("remuneration_cumulative", {"income": 6250}, 0),
        ("remuneration_cumulative", {"income": 20000, "month": 7}, 330),
    ],
)
def test_single_amounts(kind, row, tax):
    assert one(kind, row)["result"] == [{"tax": tax}]


def test_a_student_goes_on_month_by_month():
    rows = [{"income": amount} for amount in (3000, 12000, 8000, 2000)]
    assert [row["tax"] for row in one("remuneration_cumulative", *rows)["result"]] == [0, 60, 42, 0]


def test_a_random_year_equals_the_reference():
    draw = np.random.default_rng(20261123)
    for basic in ("here", "first", "at_once"):
        for _round in range(30):
            first = 1 if basic == "at_once" else int(draw.integers(1, 13))
            year, rows, expected, additional, pension = Year(basic), [], [], Decimal(0), Decimal(0)
            for number in range(first, 13):
                amounts = dict(
                    zip(
                        ("income", "special_deductions", "additional_deductions", "other", "relief", "pension"),
                        (
                            Decimal(int(fen)) / 100
                            for fen in draw.integers(0, [10**7, 10**6, 5 * 10**5, 10**5, 10**4, 10**5])
                        ),
                        strict=True,
                    )
                )
                additional += amounts["additional_deductions"]
                pension += amounts["pension"]
                nothing = Decimal(0)
                tax = year.month(
                    number, amounts["income"], nothing, amounts["special_deductions"], additional, pension,
                    amounts["other"], amounts["relief"],
                )  # fmt: skip
                to_date = {"first": 5000 * number, "at_once": 60000}.get(basic)
                row = {"month": number} | {name: float(amount) for name, amount in amounts.items()}
                rows.append(row | ({"basic_deduction_cumulative": to_date} if to_date else {"basic_deduction": 5000}))
                expected.append({"month": number, "withheld": float(tax)})
            assert one("monthly", *rows)["result"] == expected


@pytest.mark.parametrize(
    ("case", "where"),
    [
        ({"kind": "yearly", "inputs": [{}]}, "kind"),
        ({"kind": ["annual"], "inputs": [{}]}, "kind"),
        ({"inputs": [{}]}, "kind"),
        ({"kind": "annual"}, "inputs"),
        ({"kind": "annual", "inputs": []}, "inputs"),
        ({"kind": "annual", "inputs": {"taxable_income": 1}}, "inputs"),
        ({"kind": "annual", "inputs": [7]}, "inputs[0]"),
        ({"kind": "annual", "inputs": [{"taxable_income": 1}], "surprise": 1}, "surprise"),
        ({"kind": "annual", "inputs": [{"taxable_income": 1}, {"income": 1}]}, "inputs[1].income"),
        ({"kind": "annual", "inputs": [{}]}, "inputs[0].taxable_income"),
        ({"kind": "annual", "inputs": [{"taxable_income": None}]}, "inputs[0].taxable_income"),
        ({"kind": "annual", "inputs": [{"taxable_income": True}]}, "inputs[0].taxable_income"),
        ({"kind": "annual", "inputs": [{"taxable_income": "36000"}]}, "inputs[0].taxable_income"),
        ({"kind": "annual", "inputs": [{"taxable_income": [1]}]}, "inputs[0].taxable_income"),
        ({"kind": "annual", "inputs": [{"taxable_income": -1}]}, "inputs[0].taxable_income"),
        ({"kind": "annual", "inputs": [{"taxable_income": 1.005}]}, "inputs[0].taxable_income"),
        ({"kind": "annual", "inputs": [{"taxable_income": 100000000.01}]}, "inputs[0].taxable_income"),
        ({"kind": "annual", "year": 2018, "inputs": [{"taxable_income": 1}]}, "year"),
        ({"kind": "annual", "year": 2026.5, "inputs": [{"taxable_income": 1}]}, "year"),
        ({"kind": "bonus_separate", "year": 2028, "inputs": [{"bonus": 1}]}, "year"),
        ({"kind": "severance", "inputs": [{"severance": 1, "local_avg_annual_wage": 0}]},
         "inputs[0].local_avg_annual_wage"),
        ({"kind": "monthly", "inputs": [month(0)]}, "inputs[0].month"),
        ({"kind": "monthly", "inputs": [month(13)]}, "inputs[0].month"),
        ({"kind": "monthly", "inputs": [month(1.5)]}, "inputs[0].month"),
        ({"kind": "monthly", "inputs": [month(3), month(3)]}, "inputs[1].month"),
        ({"kind": "monthly", "inputs": [month(3), month(2)]}, "inputs[1].month"),
        ({"kind": "monthly", "inputs": [month(1, -1)]}, "inputs[0].income"),
        ({"kind": "monthly", "inputs": [month(1, special_deductions=-1)]}, "inputs[0].special_deductions"),
        ({"kind": "monthly", "inputs": [month(1, basic_deduction=5000.01)]}, "inputs[0].basic_deduction"),
        ({"kind": "monthly", "inputs": [month(1, basic_deduction_cumulative=10000)]},
         "inputs[0].basic_deduction_cumulative"),
        ({"kind": "monthly", "inputs": [month(1, basic_deduction_cumulative=60000.01)]},
         "inputs[0].basic_deduction_cumulative"),
        ({"kind": "monthly", "inputs": [month(2, basic_deduction_cumulative=10000),
                                        month(3, basic_deduction_cumulative=9999)]},
         "inputs[1].basic_deduction_cumulative"),
        ({"kind": "monthly", "inputs": [month(1, basic_deduction=5000, basic_deduction_cumulative=60000)]},
         "inputs[0].basic_deduction_cumulative"),
        ({"kind": "monthly", "inputs": [month(1, pension=12000), month(2, pension=0.01)]}, "inputs[1].pension"),
        ({"kind": "monthly", "inputs": [month(1, 10**8), month(2, 10**8), month(3, 1)]}, "inputs[2].income"),
        ({"kind": "remuneration_cumulative", "inputs": [{"income": 1}] * 13}, "inputs[12].income"),
        (7, ""),
        (None, ""),
        ([[]], ""),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_and_the_other_cases_are_answered(case, where):
    fine = {"id": "fine", "kind": "annual", "inputs": [{"taxable_income": 36000}]}
    case = {"id": "bad", **case} if isinstance(case, dict) else case
    first, second, third = ask([fine, case, fine])
    assert first["result"] == third["result"] == [{"tax": 1080}]
    assert second["result"] is None
    error = second["error"]
    assert (error["where"], error["number"]) == (where, 2)
    assert error["what"] and error["mend"]
    assert error["case"] == ("bad" if isinstance(case, dict) else None)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[{"id": 1, "kind": "annual", "inputs": [{"taxable_income": NaN}]}]', "inputs[0].taxable_income"),
        ('[{"id": 1, "kind": "annual", "inputs": [{"taxable_income": -Infinity}]}]', "inputs[0].taxable_income"),
        ('[{"id": 1, "kind": "annual", "inputs": [{"taxable_income": 1e400}]}]', "inputs[0].taxable_income"),
        ('[{"id": 1, "kind": "annual", "inputs": [{"taxable_income": 1e-400}]}]', "inputs[0].taxable_income"),
        ('[{"id": 1, "kind": "annual", "inputs": [{"taxable_income": 1e99999999999999999999}]}]',
         "inputs[0].taxable_income"),
        ('[{"id": 1, "kind": "annual", "inputs": [{"taxable_income": 1, "taxable_income": 2}]}]',
         "inputs[0].taxable_income"),
        ('[{"id": 1, "id": 2, "kind": "annual", "inputs": [{"taxable_income": 1}]}]', "id"),
        ('[{"\\ud800": 1}]', b"\\ud800".decode("unicode_escape")),
        ('[{"kind": "annual", "inputs": [{"taxable_income": 1' + "0" * 5000 + "}]}]", "inputs[0].taxable_income"),
        ("[" * 30 + "]" * 30, ""),
    ],
)  # fmt: skip
def test_strange_json_gets_an_error_in_proper_json(text, where):
    (answer,) = ask(text)
    assert answer["error"]["where"] == where


@pytest.mark.parametrize("text", ["", "[", "{}", "7", "null", b"\xff[]", "[" * 100_000, '[{"a": 1}', "[1,]"])
def test_what_is_no_list_of_cases_is_told_once(text, monkeypatch):
    with pytest.raises((TrialFault, CommandError)):
        ask(text)
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(CommandError):
        run(monkeypatch, "trial_payroll", data)
    (answer,) = json.loads(sys.stdout.buffer.getvalue())
    assert answer["result"] is None and answer["error"]["what"]


def test_an_empty_list_is_answered_by_an_empty_list():
    assert ask([]) == []
