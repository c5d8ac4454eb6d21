"""A change of one rule: what ran ends, what comes later stays, what cannot be is refused."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from payroll.policies.changing import RuleChange, SideChange, changed, differing
from payroll.policies.city_reading import city_book
from payroll.policies.loading import CONTRIBUTIONS
from payroll.policies.validity import PolicyError

SUZHOU = json.loads((CONTRIBUTIONS / "suzhou.json").read_text())
CHANGE = RuleChange(
    "pension", "", dt.date(2026, 7, 1), 520_000, 2_500_000, SideChange(160_000, 160_000), SideChange(80_000, 80_000),
    "苏人社发〔2026〕99号",
)  # fmt: skip


def pension(book, day):
    return city_book(book, "x").version("pension", dt.date.fromisoformat(day)).rule.terms


def test_it_holds_from_its_day_until_the_old_end():
    book = changed(SUZHOU, CHANGE)
    assert [pension(book, day).floor_fen for day in ("2026-06-30", "2026-07-01", "2026-12-31")] == [
        495_200, 520_000, 520_000,
    ]  # fmt: skip
    ((name, before, after), (_, nothing, new)) = differing(SUZHOU, book)
    assert name == "pension 2026-01-01" and nothing is None
    assert (before["valid_to"], after["valid_to"], new["valid_to"]) == ("2027-01-01", "2026-07-01", "2027-01-01")
    assert new["employer"]["rounding"] == "half_up_fen"


def test_on_the_first_day_of_a_version_it_takes_its_place():
    book = changed(SUZHOU, replace(CHANGE, valid_from=dt.date(2026, 1, 1)))
    ((_, before, after),) = differing(SUZHOU, book)
    assert (before["floor_fen"], after["floor_fen"], after["valid_to"]) == (495_200, 520_000, "2027-01-01")


def test_in_the_middle_of_the_past_later_versions_stay():
    book = changed(SUZHOU, replace(CHANGE, valid_from=dt.date(2025, 7, 1)))
    assert [pension(book, day).floor_fen for day in ("2025-06-01", "2025-07-01", "2026-01-01")] == [
        495_200, 520_000, 495_200,
    ]  # fmt: skip


def test_after_the_last_version_has_ended_it_has_no_end():
    book = changed(SUZHOU, replace(CHANGE, valid_from=dt.date(2027, 7, 1)))
    assert differing(SUZHOU, book)[0][2]["valid_to"] is None
    assert pension(book, "2027-06-01").floor_fen == 495_200


@pytest.mark.parametrize(
    "wrong",
    [
        {"insurance": "maternity"},
        {"variant": "tier9"},
        {"valid_from": dt.date(2024, 1, 1)},
        {"floor_fen": 2_600_000},
        {"employer": SideChange(170_000, 160_000)},
    ],
)
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(PolicyError):
        changed(SUZHOU, replace(CHANGE, **wrong))


def test_a_change_of_nothing_differs_in_nothing():
    assert differing(SUZHOU, json.loads(json.dumps(SUZHOU))) == []
