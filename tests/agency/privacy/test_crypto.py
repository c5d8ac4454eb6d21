import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from agency.privacy import crypto
from agency.privacy.crypto import DecryptionError, KeyRing

OLD = "2025a:" + base64.b64encode(b"o" * 32).decode()
NEW = "2026a:" + base64.b64encode(b"n" * 32).decode()


@given(st.text(max_size=200))
def test_what_was_encrypted_comes_back(text):
    ring = KeyRing([NEW])
    assert ring.decrypt(ring.encrypt(text, "phone"), "phone") == text


def test_a_token_names_its_version_and_key():
    version, key_id, body = KeyRing([NEW, OLD]).encrypt("13800138000", "phone").split(".")
    assert (version, key_id) == ("v1", "2026a")
    assert b"13800138000" not in base64.urlsafe_b64decode(body)


def test_the_same_value_never_makes_the_same_token_twice():
    ring = KeyRing([NEW])
    assert ring.encrypt("13800138000", "phone") != ring.encrypt("13800138000", "phone")


def test_a_token_cannot_be_moved_to_another_column():
    ring = KeyRing([NEW])
    token = ring.encrypt("13800138000", "phone")
    with pytest.raises(DecryptionError, match="bank_account"):
        ring.decrypt(token, "bank_account")


@given(position=st.integers(min_value=0, max_value=38), bit=st.integers(min_value=0, max_value=7))
def test_a_flipped_bit_is_noticed(position, bit):
    ring = KeyRing([NEW])
    head, body = ring.encrypt("13800138000", "phone").rsplit(".", 1)
    sealed = bytearray(base64.urlsafe_b64decode(body))
    sealed[position] ^= 1 << bit
    with pytest.raises(DecryptionError):
        ring.decrypt(f"{head}.{base64.urlsafe_b64encode(bytes(sealed)).decode()}", "phone")


def test_an_old_key_still_decrypts_and_asks_for_rotation():
    token = KeyRing([OLD]).encrypt("13800138000", "phone")
    ring = KeyRing([NEW, OLD])
    assert ring.decrypt(token, "phone") == "13800138000"
    assert ring.needs_rotation(token)
    assert not ring.needs_rotation(ring.encrypt("13800138000", "phone"))


def test_a_removed_key_is_named():
    token = KeyRing([OLD]).encrypt("13800138000", "phone")
    with pytest.raises(DecryptionError, match="2025a"):
        KeyRing([NEW]).decrypt(token, "phone")


@pytest.mark.parametrize("value", ["13800138000", "", "v1.2026a", "v2.2026a.AAAA"])
def test_what_is_no_token_is_refused(value):
    with pytest.raises(DecryptionError):
        KeyRing([NEW]).decrypt(value, "phone")


@pytest.mark.parametrize(
    "entries", [[], ["nokey"], ["a.b:" + "A" * 44], ["a:***"], ["a:" + base64.b64encode(b"short").decode()]]
)
def test_a_wrong_key_stops_the_start(entries):
    with pytest.raises(ImproperlyConfigured):
        KeyRing(entries)


def test_the_ring_follows_the_settings(settings):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    token = crypto.encrypt("6222020200112230", "bank_account")
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    assert crypto.needs_rotation(token)
    assert crypto.decrypt(token, "bank_account") == "6222020200112230"
