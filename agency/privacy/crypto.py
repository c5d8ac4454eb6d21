"""Encryption of single fields: AES-GCM with a ring of keys, so that keys can be replaced."""

import base64
import binascii
import os
import re
from collections.abc import Iterable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = "v1"
NONCE_BYTES = 12
KEY_BYTES = (16, 24, 32)
KEY_ID = re.compile(r"[A-Za-z0-9_-]+")


class DecryptionError(Exception):
    """Raised when a token is damaged, was moved from another column, or its key is gone."""


class KeyRing:
    """Hold the keys in the order of settings: the first encrypts, all of them decrypt."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._ciphers = dict(_parse(entry) for entry in entries)
        if not self._ciphers:
            raise ImproperlyConfigured("FIELD_ENCRYPTION_KEYS is empty: put at least one 'keyid:base64key'.")
        self.current = next(iter(self._ciphers))

    def encrypt(self, plaintext: str, purpose: str) -> str:
        """Return the token ``v1.<keyid>.<base64 of nonce and ciphertext>``, bound to the purpose."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._ciphers[self.current].encrypt(nonce, plaintext.encode(), purpose.encode())
        return f"{VERSION}.{self.current}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def decrypt(self, token: str, purpose: str) -> str:
        """Return the plaintext; raise DecryptionError when the token does not belong to the purpose."""
        key_id, body = _split(token)
        cipher = self.cipher(key_id)
        try:
            sealed = base64.urlsafe_b64decode(body)
            return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode()).decode()
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise DecryptionError(f"The token is damaged or was not made for {purpose!r}.") from error

    def cipher(self, key_id: str) -> AESGCM:
        """Return the cipher of one key; raise DecryptionError when the key is gone."""
        try:
            return self._ciphers[key_id]
        except KeyError:
            raise DecryptionError(f"Key {key_id!r} is not in FIELD_ENCRYPTION_KEYS: put it back at the end.") from None

    def needs_rotation(self, token: str) -> bool:
        """Tell whether the token was made with another key than the one that encrypts now."""
        return _split(token)[0] != self.current


def _parse(entry: str) -> tuple[str, AESGCM]:
    key_id, separator, encoded = entry.strip().partition(":")
    if not separator or not KEY_ID.fullmatch(key_id):
        raise ImproperlyConfigured("A field encryption key reads 'keyid:base64key', the id without dots.")
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise ImproperlyConfigured(f"Field encryption key {key_id!r} is not base64.") from error
    if len(key) not in KEY_BYTES:
        raise ImproperlyConfigured(f"Field encryption key {key_id!r} must be 16, 24 or 32 bytes long.")
    return key_id, AESGCM(key)


def _split(token: str) -> tuple[str, str]:
    version, _, rest = token.partition(".")
    key_id, dot, body = rest.partition(".")
    if version != VERSION or not dot:
        raise DecryptionError("The value in the column is no token of ours: it was written past the field.")
    return key_id, body


@lru_cache(maxsize=8)
def _ring(entries: tuple[str, ...]) -> KeyRing:
    return KeyRing(entries)


def key_ring() -> KeyRing:
    """Return the ring of ``settings.FIELD_ENCRYPTION_KEYS``, a list of ``keyid:base64key``."""
    return _ring(tuple(settings.FIELD_ENCRYPTION_KEYS))


def encrypt(plaintext: str, purpose: str) -> str:
    """Encrypt with the current key; the purpose is authenticated, so tokens cannot change columns."""
    return key_ring().encrypt(plaintext, purpose)


def decrypt(token: str, purpose: str) -> str:
    """Decrypt with whichever key made the token; raise DecryptionError otherwise."""
    return key_ring().decrypt(token, purpose)


def needs_rotation(token: str) -> bool:
    """Tell whether the token should be made again with the current key."""
    return key_ring().needs_rotation(token)
