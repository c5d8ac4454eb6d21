import pytest
from hypothesis import given
from hypothesis import strategies as st

from agency.privacy.masking import mask_bank_account, mask_identity_number, mask_name, mask_phone


def test_enough_is_shown_to_tell_two_people_apart():
    assert mask_identity_number("110101199003071234") == "110101********1234"
    assert mask_phone("13812345678") == "138****5678"
    assert mask_bank_account("6222020200111234") == "****1234"
    assert mask_name("尉迟恭") == "尉**"


@pytest.mark.parametrize("mask", [mask_identity_number, mask_phone, mask_bank_account])
@given(value=st.text(alphabet="0123456789", max_size=19))
def test_a_number_hides_at_least_four_digits_and_a_short_one_all(mask, value):
    shown = mask(value)
    hidden = shown.count("*")
    assert hidden >= min(len(value), 4)


def test_nothing_is_masked_as_nothing():
    assert mask_phone("") == mask_bank_account("") == mask_identity_number("") == mask_name("") == ""
