"""What the law asks of a contract: Labour Law 15, Labour Contract Law 19 and 58."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from workers.contracts.terms import check_age, check_term, longest_probation, months_after, years_after

D = dt.date


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (D(2026, 1, 1), D(2028, 1, 1), 2),
        (D(2026, 1, 1), D(2028, 12, 31), 2),
        (D(2026, 1, 1), D(2029, 1, 1), 6),
        (D(2026, 1, 1), None, 6),
    ],
)
def test_probation_depends_on_the_term(start, end, months):
    assert longest_probation(start, end) == months
    check_term(start, end, months_after(start, months))
    with pytest.raises(ValidationError) as wrong:
        check_term(start, end, months_after(start, months) + dt.timedelta(days=1))
    assert set(wrong.value.error_dict) == {"probation_last_day"}


def test_a_dispatched_workers_contract_runs_two_years():
    check_term(D(2026, 1, 1), D(2028, 1, 1), None)
    with pytest.raises(ValidationError) as wrong:
        check_term(D(2026, 1, 1), D(2027, 12, 31), None)
    assert set(wrong.value.error_dict) == {"last_day"}


def test_nobody_under_sixteen():
    check_age(D(2010, 11, 23), D(2026, 11, 23))
    with pytest.raises(ValidationError):
        check_age(D(2010, 11, 24), D(2026, 11, 23))


def test_the_ends_of_short_months():
    assert years_after(D(2024, 2, 29), 2) == D(2026, 3, 1)
    assert months_after(D(2026, 12, 31), 2) == D(2027, 3, 1)
    assert months_after(D(2026, 8, 31), 6) == D(2027, 3, 1)
    assert months_after(D(2026, 10, 15), 2) == D(2026, 12, 15)
