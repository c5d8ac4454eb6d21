"""Identity numbers of a whole column at once: check characters by arithmetic over all rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from .identity import PROVINCES, check_birth_date, county_doubts
from .invalid import InvalidIdentifier

LENGTH = 18
# GB 11643-1999: the weight of place i, counted from the right, is 2 to the power of i - 1, modulo 11.
WEIGHTS = np.array([pow(2, LENGTH - place, 11) for place in range(1, LENGTH)])
CHECKS = np.frombuffer(b"10X98765432", np.uint8)
_NOTHING = "?" * LENGTH


def sure_identity_numbers(texts: Sequence[str]) -> list[bool]:
    """Tell of each text whether it is a number as it stands, without a doubt; False says only: look closer."""
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    shaped = "".join([text if len(text) == LENGTH and text.isascii() else _NOTHING for text in texts])
    codes = np.frombuffer(shaped.encode(), np.uint8).reshape(-1, LENGTH)
    digits = codes[:, :-1].astype(np.int64) - ord("0")
    fits = ((digits >= 0) & (digits <= 9)).all(axis=1) & (codes[:, -1] == CHECKS[digits @ WEIGHTS % 11])
    return [
        good and _is_usual_region(text[:6]) and _is_birth_date(text[6:14], today)
        for text, good in zip(texts, fits.tolist(), strict=True)
    ]


@lru_cache(maxsize=8192)
def _is_usual_region(digits: str) -> bool:
    return (digits[:2] in PROVINCES or digits[0] == "9") and not county_doubts(digits)


@lru_cache(maxsize=65_536)
def _is_birth_date(digits: str, today: date) -> bool:
    try:
        check_birth_date("000000" + digits, today)
    except InvalidIdentifier:
        return False
    return True
