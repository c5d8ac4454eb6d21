"""How personal numbers are shown to those who need not see all of them."""

from __future__ import annotations


def mask_identity_number(number: str) -> str:
    """110101199003071234 → 110101********1234."""
    return _mask(number, 6, 4)


def mask_phone(number: str) -> str:
    """13800005678 → 138****5678."""
    return _mask(number, 3, 4)


def mask_bank_account(number: str) -> str:
    """6222021234561234 → ****1234, whatever the length, which tells the bank."""
    return "****" + number[-4:] if len(number) >= 8 else "*" * len(number)


def _mask(number: str, head: int, tail: int) -> str:
    hidden = len(number) - head - tail
    # A mangled number too short to hide its middle is hidden as a whole.
    return number[:head] + "*" * hidden + number[-tail:] if hidden > 0 else "*" * len(number)
