"""What the law asks of a labour contract with a dispatched worker."""

import datetime as dt
from calendar import monthrange

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

YOUNGEST_YEARS = 16  # Labour Law, article 15
SHORTEST_YEARS = 2  # Labour Contract Law, article 58
# Labour Contract Law, article 19: from a term of three years (or open-ended) six months, below that two.
LONG_TERM_YEARS, LONG_PROBATION_MONTHS, SHORT_PROBATION_MONTHS = 3, 6, 2


def years_after(day: dt.date, years: int) -> dt.date:
    """Return the same day in another year; 29 February becomes 1 March where it is missing."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or the first of the month after it where that day is missing."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = dt.date(year, month + 1, 1)
    return first + dt.timedelta(days=min(day.day - 1, monthrange(year, month + 1)[1]))


def check_age(birth_date: dt.date, start: dt.date) -> None:
    """Raise `ValidationError` for a person under 16 on the day of starting."""
    if start < years_after(birth_date, YOUNGEST_YEARS):
        raise ValidationError(
            {
                "starts_on": _("Under %(years)d on that day: nobody so young may be employed.")
                % {"years": YOUNGEST_YEARS}
            }
        )


def check_term(start: dt.date, end: dt.date | None, probation_until: dt.date | None) -> None:
    """Raise `ValidationError` for a term under two years or a probation longer than its term allows.

    `end` is the first day after the contract, None for an open-ended one; `probation_until` the first day after
    probation.
    """
    wrong = {}
    if end is not None and end < years_after(start, SHORTEST_YEARS):
        wrong["last_day"] = _("A contract with a dispatched worker runs two years or more (Labour Contract Law 58).")
    if probation_until is not None:
        months = longest_probation(start, end)
        if not start < probation_until <= months_after(start, months):
            wrong["probation_last_day"] = _(
                "Probation may last %(months)d months at most (Labour Contract Law 19)."
            ) % {"months": months}
    if wrong:
        raise ValidationError(wrong)


def longest_probation(start: dt.date, end: dt.date | None) -> int:
    """Return the months of probation a term allows."""
    is_long = end is None or end >= years_after(start, LONG_TERM_YEARS)
    return LONG_PROBATION_MONTHS if is_long else SHORT_PROBATION_MONTHS
