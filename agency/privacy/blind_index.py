"""Find an encrypted value without decrypting: a keyed hash of its normal form."""

import hmac
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LENGTH = 32  # 128 bits of the hash: no collisions in practice, and half the index
SECRET_BYTES = 32
GLOBAL = "global"
_SEPARATORS = re.compile(r"[\s\-‐-―]")
_COUNTRY_CODE = re.compile(r"^(\+86|0086|86(?=1\d{10}$))")


def normalise(value: str, purpose: str) -> str:
    """Bring the ways of writing one number to one form: width, spaces, hyphens, case, country code."""
    # A large import asks for each of its rows, and most numbers are in this form already.
    plain = value
    if not (value.isascii() and value.isalnum()):
        plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", value))
    if purpose == "phone":
        return _COUNTRY_CODE.sub("", plain)
    return plain.upper()


def blind_index(value: str, purpose: str, agency_id: int | None) -> str:
    """Return 32 hex digits that equal values of one purpose in one agency share.

    ``agency_id=None`` is the global name space, for signing in before the agency is known. The same number
    has unrelated indexes in two agencies, so a copy of the table does not tell who works for both.
    """
    space = GLOBAL if agency_id is None else str(agency_id)
    message = "\x1f".join((purpose, space, normalise(value, purpose)))
    return hmac.digest(_secret(settings.BLIND_INDEX_KEY), message.encode(), "sha256").hex()[:LENGTH]


def blind_indexes(values: Iterable[str | None], purpose: str, agency_id: int | None) -> list[str | None]:
    """Return the blind indexes of many values; null for empty ones."""
    secret, digest = _secret(settings.BLIND_INDEX_KEY), hmac.digest
    space = GLOBAL if agency_id is None else str(agency_id)
    before = "\x1f".join((purpose, space, ""))
    messages = ((before + normalise(value, purpose)).encode() if value else None for value in values)
    return [None if text is None else digest(secret, text, "sha256").hex()[:LENGTH] for text in messages]


@lru_cache(maxsize=8)
def _secret(key: str) -> bytes:
    secret = key.encode()
    if len(secret) < SECRET_BYTES:
        raise ImproperlyConfigured(f"BLIND_INDEX_KEY must have at least {SECRET_BYTES} characters.")
    return secret
