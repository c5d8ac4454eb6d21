"""What is raised for a number that cannot be right."""

from __future__ import annotations

import re
import unicodedata

from agency.reasons import Reason

# What people put between the groups of a number: spaces, dashes of every kind, dots in the middle.
_SEPARATORS = re.compile(r"[\s\-\u00b7\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\ufeff]+")


class InvalidIdentifier(ValueError):
    """Say in `reason` what is wrong with the number, where, and how to mend it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def compact(text: str) -> str:
    """Return the number with half-width characters, in capitals, without spaces and dashes."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
