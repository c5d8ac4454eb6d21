from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from agency.identifiers import check_bank_account


@given(st.text("0123456789", min_size=16, max_size=19))
def test_the_check_digit_is_that_of_python_stdnum(number):
    assert bool(check_bank_account(number).warnings) == (not luhn.is_valid(number))
    right = number[:-1] + luhn.calc_check_digit(number[:-1])
    assert not check_bank_account(right).warnings
