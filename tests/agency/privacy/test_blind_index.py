import pytest
from django.core.exceptions import ImproperlyConfigured

from agency.privacy.blind_index import LENGTH, blind_index, normalise


@pytest.mark.parametrize("written", ["+86 138-0013-8000", "008613800138000", "8613800138000", "１３８００１３８０００"])
def test_a_phone_is_found_however_it_is_written(written):
    assert blind_index(written, "phone", 1) == blind_index("13800138000", "phone", 1)


def test_a_landline_that_begins_with_86_keeps_its_digits():
    assert normalise("86123456", "phone") == "86123456"


def test_identity_numbers_ignore_case_and_account_numbers_ignore_groups():
    assert blind_index("11010119900307757x", "identity_number", 1) == blind_index(
        "11010119900307757X", "identity_number", 1
    )
    assert normalise("6222 0202 0011 2230", "bank_account") == "6222020200112230"


def test_two_agencies_and_two_purposes_share_no_index():
    value = "13800138000"
    indexes = {blind_index(value, *key) for key in [("phone", 1), ("phone", 2), ("phone", None), ("bank_account", 1)]}
    assert len(indexes) == 4
    assert all(len(index) == LENGTH for index in indexes)


def test_the_index_depends_on_its_own_key(settings):
    before = blind_index("13800138000", "phone", 1)
    settings.BLIND_INDEX_KEY = "another key of at least thirty-two characters"
    assert blind_index("13800138000", "phone", 1) != before


def test_a_short_key_stops_the_start(settings):
    settings.BLIND_INDEX_KEY = "short"
    with pytest.raises(ImproperlyConfigured):
        blind_index("13800138000", "phone", 1)
