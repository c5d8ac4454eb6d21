"""Policies that cannot be right are refused, and the error says what and where."""

import json
from copy import deepcopy
from datetime import date

import pytest

from agency.money import Rounding
from payroll.policies.city_reading import city_book
from payroll.policies.loading import CONTRIBUTIONS, INCOME_TAX, load_city_books
from payroll.policies.tax_reading import tax_book
from payroll.policies.validity import PolicyError
from tests.payroll.rules import CITIES

SIDE = {"lowest_rate": 80_000, "highest_rate": 80_000, "rounding": "half_up_fen"}
RULE = {
    "insurance": "pension",
    "valid_from": "2026-07-01",
    "valid_to": "2027-07-01",
    "floor_fen": 727_000,
    "ceiling_fen": 3_634_800,
    "employer": SIDE,
    "employee": dict(SIDE),
    "source": ["京人社发〔2026〕7号"],
    "provisional": False,
}


def city(*rules):
    return city_book({"city": "北京", "pinyin": "beijing", "rules": list(rules)}, "beijing.json")


def rule(path="", value=None, **changes):
    changed = deepcopy(RULE) | changes
    if path:
        part, name = path.split(".")
        changed[part][name] = value
    return changed


def test_a_good_rule_passes():
    terms = city(rule()).on(date(2026, 7, 1)).policy.terms
    assert (terms[0].floor_fen, terms[0].employee.rounding) == (727_000, Rounding.HALF_UP_FEN)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (rule(insurance="pensoin"), r"beijing.json rules\[0\]: insurance 'pensoin' unknown"),
        (rule(floor_fen=7270.0), "floor_fen must be int or null, not 7270.0"),
        (rule(floor_fen="7270"), "floor_fen must be int or null"),
        (rule(floor_fen=True), "floor_fen must be int or null"),
        (rule(floor_fen=-1), "floor_fen must not be negative"),
        (rule(floor_fen=9_999_999), "floor_fen 9999999 is above ceiling_fen"),
        (rule(valid_from="2026-7-1"), "valid_from must be a date like 2026-07-01"),
        (rule(valid_from=None), "valid_from must not be null"),
        (rule(valid_to="2026-07-01"), "valid_to 2026-07-01 is not after valid_from"),
        (rule(source=[]), "source must list at least one"),
        (rule(source=[""]), "source must list at least one"),
        (rule(provisional=0), "provisional must be bool, not 0"),
        (rule(ceilling_fen=1), "unknown field ceilling_fen"),
        (rule("employee.lowest_rate", 0.08), r"rules\[0\] employee: lowest_rate must be int, not 0.08"),
        (rule("employee.lowest_rate", 90_000), "lowest_rate 90000 is above highest_rate 80000"),
        (rule("employee.highest_rate", 8_000_000), "more than 100 %"),
        (rule("employer.rounding", "round"), "employer: rounding 'round' unknown, one of carry_fen_to_jiao"),
        (rule("employer.fixed_months", [13]), "fixed_months must be months 1–12"),
        (rule(employee=[]), "employee must be dict"),
        ({}, "insurance is missing"),
        ([], "must be an object, not list"),
    ],
)
def test_what_is_wrong_and_where(changed, message):
    with pytest.raises(PolicyError, match=message):
        city(changed)


def test_two_rules_never_hold_on_one_day():
    with pytest.raises(PolicyError, match=r"pension: \[2026-07-01, 2027-07-01\) and \[2027-06-30, …\) overlap"):
        city(rule(), rule(valid_from="2027-06-30", valid_to=None))
    with pytest.raises(PolicyError, match="overlap"):
        city(rule(valid_to=None), rule(valid_from="2030-01-01", valid_to=None))


def test_rules_that_touch_and_variants_do_not_overlap():
    city(
        rule(),
        rule(valid_from="2027-07-01", valid_to=None),
        rule(variant="local_hukou"),
        rule(insurance="medical"),
    )


def test_a_day_before_the_first_rule_is_refused_not_guessed():
    with pytest.raises(PolicyError, match="nothing known for 2026-06-30; the first version is of 2026-07-01"):
        city(rule()).on(date(2026, 6, 30))


def test_an_ended_rule_is_carried_forward_and_says_so():
    assert city(rule()).on(date(2027, 6, 30)).carried_forward == ()
    assert city(rule()).on(date(2027, 7, 1)).carried_forward == ("pension",)


def test_a_city_of_tiers_has_a_default_or_asks_which_one():
    found = CITIES["shenzhen"].on(date(2026, 10, 1)).policy.terms
    assert next(terms for terms in found if terms.insurance == "medical").employer.lowest_rate == 60_000
    with pytest.raises(PolicyError, match="variant '' unknown, one of tier1, tier2"):
        city(rule(variant="tier1"), rule(variant="tier2")).on(date(2026, 10, 1))
    with pytest.raises(PolicyError, match="defaults: pension has no variant 'tier9'"):
        city_book({"city": "x", "pinyin": "x", "rules": [rule(variant="tier1")], "defaults": {"pension": "tier9"}}, "x")
    with pytest.raises(PolicyError, match="variant 'tier9' unknown"):
        CITIES["beijing"].on(date(2026, 10, 1), {"medical": "tier9"})


def test_a_mistyped_tax_table_is_refused():
    data = json.loads(INCOME_TAX.read_text())
    data["tables"][0]["brackets"][2]["quick_fen"] += 100
    with pytest.raises(PolicyError, match=r"tax.json tables\[0\]: bracket 3: the quick deduction"):
        tax_book(data, "tax.json")


def test_a_file_that_is_no_json_or_misnamed_is_refused(tmp_path):
    (tmp_path / "beijing.json").write_text("{")
    with pytest.raises(PolicyError, match=r"beijing.json: no JSON at line 1"):
        load_city_books(tmp_path)
    (tmp_path / "beijing.json").write_text((CONTRIBUTIONS / "shanghai.json").read_text())
    with pytest.raises(PolicyError, match=r"name the file shanghai.json"):
        load_city_books(tmp_path)


def test_no_float_anywhere_in_the_data():
    for path in [INCOME_TAX, *CONTRIBUTIONS.glob("*.json")]:
        json.loads(path.read_text(), parse_float=lambda text, path=path: pytest.fail(f"{path.name}: {text}"))
