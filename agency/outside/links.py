"""Signed links: what they name, and why one is not good any more."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.http import base36_to_int, int_to_base36


class BadLink(Exception):
    """The link was not made by us, or what it names cannot be seen; `expired` when it was good once."""

    def __init__(self, *, expired: bool = False) -> None:
        super().__init__("expired" if expired else "bad")
        self.expired = expired


@dataclass(frozen=True, slots=True)
class Seal:
    """Signs numbers, the agency's first. Each purpose has a salt of its own: no link opens another's page."""

    salt: str
    life: timedelta

    def sign(self, *numbers: int) -> str:
        """Return a token for the numbers, good for the seal's life from now."""
        return self._signer.sign(".".join(map(int_to_base36, numbers)))

    def read(self, token: str, count: int) -> tuple[int, ...]:
        """Return the `count` numbers of a token. Raises `BadLink`."""
        try:
            numbers = tuple(map(base36_to_int, self._signer.unsign(token, max_age=self.life).split(".")))
        except SignatureExpired:
            raise BadLink(expired=True) from None
        except (BadSignature, ValueError):
            raise BadLink from None
        if len(numbers) != count:
            raise BadLink
        return numbers

    @property
    def _signer(self) -> TimestampSigner:
        return TimestampSigner(salt=self.salt, sep="~")
