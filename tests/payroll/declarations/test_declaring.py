"""What a worker declares is taken down; what the law does not know is refused, at its field and with the way out."""

import pytest
from django.core.exceptions import ValidationError

from agency.periods import Period
from payroll.declarations.declaring import Declared, declare, end, withdraw
from payroll.models import TaxDeclaration

pytestmark = pytest.mark.django_db
JANUARY, OCTOBER = Period(2026, 1), Period(2026, 10)


def refused(ours, kind, since=OCTOBER, **given):
    with pytest.raises(ValidationError) as why:
        declare(ours.worker, Declared(kind, since, **given), ours.specialist)
    (field, words), *_others = why.value.message_dict.items()
    return field, words[0]


def declared(ours, kind, since=JANUARY, **given):
    return declare(ours.worker, Declared(kind, since, **given), ours.specialist)


def test_the_only_amount_of_an_item_is_filled_in(ours):
    row = declared(ours, "children_education", count=2, share=50)
    assert (row.amount_fen, row.count, row.share, row.valid_to) == (2000_00, 2, 50, None)


@pytest.mark.parametrize(
    ("kind", "given", "field", "words"),
    [
        ("children_education", {"share": 30}, "share", "50% / 100%"),
        ("elderly", {"shared": True, "amount_fen": 1500_01}, "amount_fen", "¥1,500.00"),
        ("rent", {"amount_fen": 1000_00}, "amount_fen", "¥1,500.00 / ¥1,100.00 / ¥800.00"),
        ("serious_illness", {"amount_fen": 80_000_00}, "kind", ""),
        ("housing_loan", {"count": 2}, "count", ""),
        ("degree", {"months_before": 48}, "until", "48"),
        ("annuity", {"amount_fen": 200_00}, "base_fen", "4%"),
        ("health_insurance", {}, "amount_fen", ""),
        ("rent", {"amount_fen": 800_00, "until": Period(2026, 9)}, "until", ""),
    ],
)
def test_what_cannot_be_is_refused_in_words(ours, kind, given, field, words):
    found = refused(ours, kind, **given)
    assert found[0] == field
    assert words in found[1]
    assert not TaxDeclaration.objects.exists()


def test_loan_and_rent_exclude_each_other_also_where_they_meet_only_next_year(ours):
    declared(ours, "rent", Period(2027, 3), amount_fen=1500_00)
    field, words = refused(ours, "housing_loan")
    assert (field, "住房租金" in words) == ("since", True)
    declared(ours, "housing_loan", until=Period(2027, 2))


def test_parents_are_supported_once_but_children_may_be_declared_apart(ours):
    declared(ours, "elderly", shared=True, amount_fen=1000_00)
    assert refused(ours, "elderly", shared=True, amount_fen=500_00)[0] == "since"
    declared(ours, "children_education")
    declared(ours, "children_education", OCTOBER)


def test_a_degree_ends_by_itself_after_four_years(ours):
    row = declared(ours, "degree", months_before=40)
    assert row.last_day == Period(2026, 8).last_day


def test_a_certificate_counts_in_its_year_only(ours):
    assert declared(ours, "certificate", OCTOBER).valid_to == Period(2026, 11).first_day


def test_it_ends_with_a_month_and_not_before_it_began(ours):
    row = declared(ours, "rent", amount_fen=800_00)
    assert end(row, OCTOBER, ours.specialist).valid_to == Period(2026, 11).first_day
    with pytest.raises(ValidationError):
        end(row, Period(2026, 12), ours.specialist)
    with pytest.raises(ValidationError):
        end(row, Period(2025, 12), ours.specialist)


def test_withdrawn_it_stands_in_nobodys_way(ours):
    withdraw(declared(ours, "housing_loan"), ours.specialist)
    declared(ours, "rent", amount_fen=800_00)
    assert TaxDeclaration.objects.count() == 2
