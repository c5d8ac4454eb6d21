"""Resident identity numbers (GB 11643-1999): 17 digits and a check character."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from stdnum import numdb
from stdnum.iso7064 import mod_11_2

from agency.reasons import Reason, _, reason

from .invalid import InvalidIdentifier, compact

OLDEST_AGE = 120

# First two digits: the provinces; 81–83 are residence permits of people from Hong Kong, Macao and Taiwan;
# 9x are permanent residence cards of foreigners, built the same way since 2023.
PROVINCES = frozenset(
    (
        *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"),
        *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"),
        *("71", "81", "82", "83"),
    )
)


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A valid number with what it tells; `warnings` are doubts that do not make it wrong."""

    number: str
    birth_date: date
    sex: Literal["male", "female"]
    warnings: tuple[Reason, ...] = ()


def check_identity_number(text: str, *, today: date | None = None) -> IdentityNumber:
    """Return the normalised number with birth date and sex.

    Raises InvalidIdentifier when the length, a character, the region, the birth date or the check character
    cannot be right. An unknown county in a known province is only a warning: counties come and go.
    """
    number = compact(text)
    _check_characters(number)
    if number[:2] not in PROVINCES and number[0] != "9":
        raise InvalidIdentifier(
            reason(
                _("The first two digits, %(digits)s, are no province. Compare them with the card."),
                digits=number[:2],
            )
        )
    birth_date = check_birth_date(number, today or datetime.now(ZoneInfo("Asia/Shanghai")).date())
    if mod_11_2.calc_check_digit(number[:17]) != number[17]:
        raise InvalidIdentifier(
            reason(_("The check character does not fit, so a digit is wrong. Compare all 18 with the card."))
        )
    sex: Literal["male", "female"] = "male" if int(number[16]) % 2 else "female"
    return IdentityNumber(number, birth_date, sex, county_doubts(number))


def _check_characters(number: str) -> None:
    if len(number) == 15 and number.isdecimal():
        raise InvalidIdentifier(
            reason(_("This is an old number with 15 digits. Enter the 18 characters on the current card."))
        )
    if len(number) != 18:
        raise InvalidIdentifier(
            reason(_("An identity number has 18 characters; this one has %(count)d."), count=len(number))
        )
    for position, character in enumerate(number, start=1):
        if not (character in "0123456789" or (position == 18 and character == "X")):
            raise InvalidIdentifier(
                reason(
                    _("Character %(position)d is “%(character)s”. Only digits go there, or X at the end."),
                    position=position,
                    character=character,
                )
            )


def check_birth_date(number: str, today: date) -> date:
    """Return the date of birth that digits 7 to 14 hold; raise InvalidIdentifier when nobody can be born then."""
    try:
        birth_date = birth_date_of(number)
    except ValueError:
        raise InvalidIdentifier(
            reason(
                _("Digits 7 to 14, %(digits)s, are no date of birth. Compare them with the card."),
                digits=number[6:14],
            )
        ) from None
    if birth_date > today:
        raise InvalidIdentifier(
            reason(
                _("The date of birth, %(date)s, lies in the future. Compare it with the card."),
                date=birth_date,
            )
        )
    if today.year - birth_date.year > OLDEST_AGE:
        raise InvalidIdentifier(
            reason(
                _("The date of birth, %(date)s, is more than %(age)d years ago. Compare it with the card."),
                date=birth_date,
                age=OLDEST_AGE,
            )
        )
    return birth_date


def county_doubts(number: str) -> tuple[Reason, ...]:
    """Doubt a number whose first six digits name no county that we know."""
    if number[0] == "9" or number[:2] in ("71", "81", "82", "83"):
        return ()
    if not _known_county(number[:6]):
        return (
            reason(
                _("County %(digits)s is not in our list. Compare the first six digits with the card."),
                digits=number[:6],
            ),
        )
    return ()


@lru_cache(maxsize=8192)
def _known_county(digits: str) -> bool:
    # Any year will do: stdnum also compares the year of birth with the years of the county, but numbers are
    # given out long after birth, so that rule doubts many real cards.
    return any("county" in properties for _part, properties in numdb.get("cn/loc").info(digits))


def birth_date_of(number: str) -> date:
    """Return the date of birth that a checked identity number holds."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
