"""Bank accounts: cards of people and accounts of companies."""

from __future__ import annotations

from dataclasses import dataclass

from agency.reasons import Reason, _, reason

from .invalid import InvalidIdentifier, compact

SHORTEST, LONGEST = 8, 32
# The digits 0 to 9, doubled, their own digits added up: as bytes, so that a whole number is summed at once.
_DOUBLED = bytes.maketrans(b"0123456789", bytes([0, 2, 4, 6, 8, 1, 3, 5, 7, 9]))


@dataclass(frozen=True, slots=True)
class BankAccount:
    number: str
    warnings: tuple[Reason, ...] = ()


def check_bank_account(text: str) -> BankAccount:
    """Return the normalised account; raise InvalidIdentifier for anything but 8 to 32 digits.

    A check digit that does not fit is only a warning: passbooks and company accounts carry none.
    """
    number = compact(text)
    if not (number.isascii() and number.isdecimal()):
        raise InvalidIdentifier(reason(_("A bank account holds digits only. Take the letters and signs out.")))
    if not SHORTEST <= len(number) <= LONGEST:
        raise InvalidIdentifier(
            reason(
                _("A bank account has %(low)d to %(high)d digits; this one has %(count)d."),
                low=SHORTEST,
                high=LONGEST,
                count=len(number),
            )
        )
    if 16 <= len(number) <= 19 and not _fits(number):
        return BankAccount(
            number,
            (reason(_("The check digit of this card does not fit. Compare it with the card before you pay.")),),
        )
    return BankAccount(number)


def is_sure_account(text: str) -> bool:
    """Tell whether a text is an account as it stands, without a doubt; False says only: look closer."""
    if not (text.isascii() and text.isdecimal() and SHORTEST <= len(text) <= LONGEST):
        return False
    return not 16 <= len(text) <= 19 or _fits(text)


def _fits(number: str) -> bool:
    """Tell whether the Luhn check digit fits; a large import asks for each of its rows."""
    digits = number.encode()[::-1]
    return (sum(digits[::2]) - 48 * len(digits[::2]) + sum(digits[1::2].translate(_DOUBLED))) % 10 == 0
