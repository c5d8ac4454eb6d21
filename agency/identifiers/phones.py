"""Mobile numbers of the mainland."""

from __future__ import annotations

import re

from agency.reasons import _, reason

from .invalid import InvalidIdentifier, compact

_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1\d{10}$)")


_PLAIN = re.compile(r"1[3-9][0-9]{9}")


def is_sure_phone(text: str) -> bool:
    """Tell whether a text is a mobile number as it stands; False says only: look closer."""
    return _PLAIN.fullmatch(text) is not None


def check_phone(text: str) -> str:
    """Return the 11 digits of a mainland mobile number; raise InvalidIdentifier otherwise."""
    number = _COUNTRY.sub("", compact(text).strip("()"))
    if not (number.isascii() and number.isdecimal()):
        raise InvalidIdentifier(reason(_("A mobile number holds digits only. Enter one number, without words.")))
    if len(number) != 11:
        raise InvalidIdentifier(reason(_("A mobile number has 11 digits; this one has %(count)d."), count=len(number)))
    if number[0] != "1" or number[1] in "012":
        raise InvalidIdentifier(
            reason(_("A mobile number begins with 13 to 19; this one begins with %(digits)s."), digits=number[:2])
        )
    return number
