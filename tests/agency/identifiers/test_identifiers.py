from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from agency.identifiers import (
    InvalidIdentifier,
    birth_date_of,
    check_bank_account,
    check_credit_code,
    check_identity_number,
    check_phone,
    mask_bank_account,
    mask_identity_number,
    mask_phone,
)
from agency.identifiers.fields import IdentifierField

TODAY = date(2026, 11, 23)


def numbered(stem: str) -> str:
    return stem + mod_11_2.calc_check_digit(stem)


def test_the_example_of_the_standard_is_valid():
    found = check_identity_number("11010519491231002X", today=TODAY)
    assert (found.number, found.birth_date, found.sex) == ("11010519491231002X", date(1949, 12, 31), "female")
    assert found.warnings == ()


def test_full_width_small_and_spaced_numbers_are_normalised():
    assert check_identity_number("１１０１０５ 19491231 002x", today=TODAY).number == "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("110105491231002", "old number with 15 digits"),
        ("1101051949123100", "this one has 16"),
        ("11010519491231OO2X"[:18], "Character 15 is “O”"),
        ("110105194912310021", "check character does not fit"),
        (numbered("99010519491231002")[:1] + "x", "this one has 2"),
        (numbered("10010519491231002"), "first two digits, 10"),
        (numbered("11010519490231002"), "Digits 7 to 14, 19490231"),
        (numbered("11010520270101002"), "2027-01-01, lies in the future"),
        (numbered("11010518991231002"), "more than 120 years"),
    ],
)
def test_wrong_numbers_are_refused_with_what_is_wrong(number, sentence):
    with pytest.raises(InvalidIdentifier, match="(?i)" + sentence):
        check_identity_number(number, today=TODAY)


def test_an_unknown_county_is_only_a_doubt():
    found = check_identity_number(numbered("11999919900101002"), today=TODAY)
    assert "County 119999" in str(found.warnings[0])


@pytest.mark.parametrize("stem", ["81000019900101002", "83000019900101002", "91115619900101002"])
def test_residence_permits_are_accepted(stem):
    assert check_identity_number(numbered(stem), today=TODAY).warnings == ()


@given(
    born=st.dates(date(1920, 1, 1), TODAY),
    serial=st.integers(0, 999),
    position=st.integers(0, 17),
    digit=st.sampled_from("0123456789"),
)
def test_one_wrong_digit_never_passes(born, serial, position, digit):
    number = numbered(f"110105{born:%Y%m%d}{serial:03}")
    assert check_identity_number(number, today=TODAY).birth_date == birth_date_of(number) == born
    if number[position] != digit:
        with pytest.raises(InvalidIdentifier):
            check_identity_number(number[:position] + digit + number[position + 1 :], today=TODAY)


def test_credit_codes():
    assert check_credit_code("91110000600037341 l".replace(" l", "L")) == "91110000600037341L"
    for wrong, sentence in (
        ("9111000060003734", "has 16"),
        ("91110000600037341I", "never I"),
        ("911100006000373410", "licence"),
    ):
        with pytest.raises(InvalidIdentifier, match=sentence):
            check_credit_code(wrong)


def test_bank_accounts_doubt_the_check_digit_but_refuse_letters():
    assert check_bank_account("6222 0212 3456 7890 128").warnings == ()
    assert "before you pay" in str(check_bank_account("6222021234567890129").warnings[0])
    assert check_bank_account("３２２５０１２３").number == "32250123"
    for wrong in ("1234567", "1" * 33, "62220212345678901AB"):
        with pytest.raises(InvalidIdentifier):
            check_bank_account(wrong)


@pytest.mark.parametrize("text", ["13800005678", "+86 138-0000-5678", "0086 13800005678", "１３８ ００００ ５６７８"])
def test_phones(text):
    assert check_phone(text) == "13800005678"


@pytest.mark.parametrize("text", ["1380000567", "12800005678", "051265432100", "13800005678/13900001234", "无"])
def test_other_numbers_are_no_mobile_numbers(text):
    with pytest.raises(InvalidIdentifier):
        check_phone(text)


def test_masks():
    assert mask_identity_number("110101199003071234") == "110101********1234"
    assert mask_phone("13800005678") == "138****5678"
    assert mask_bank_account("6222021234561234") == "****1234"
    assert mask_identity_number("1101") == "****"


def test_a_field_without_a_normal_form_cannot_be_made():
    class Careless(IdentifierField):
        pass

    with pytest.raises(TypeError, match="normal"):
        Careless()
