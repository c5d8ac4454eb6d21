"""Bank accounts: cards of people and accounts of companies."""

from __future__ import annotations

from dataclasses import dataclass

from stdnum import luhn

from agency.reasons import Reason, _, reason

from .invalid import InvalidIdentifier, compact

SHORTEST, LONGEST = 8, 32


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
    if 16 <= len(number) <= 19 and not luhn.is_valid(number):
        return BankAccount(
            number,
            (reason(_("The check digit of this card does not fit. Compare it with the card before you pay.")),),
        )
    return BankAccount(number)
