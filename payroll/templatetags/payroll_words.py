"""How payroll writes its numbers: `{% load payroll_words %}`."""

import datetime as dt
from typing import Any

from django import template

from agency.languages import in_chinese
from agency.money import yuan
from agency.periods import Period
from agency.shell.formats import MONTHS_EN
from payroll.layouts.names import FIELD_NAMES, STYLE_NAMES
from payroll.models import PayItem

register = template.Library()


@register.filter
def month_name(of: Period | str) -> str:
    """Write a month without its year: 10月, Oct."""
    month = (Period.parse(of) if isinstance(of, str) else of).month
    return f"{month}月" if in_chinese() else MONTHS_EN[month - 1]


@register.filter
def hundredths(value: int | None) -> str:
    """Write days and hours kept in hundredths as short as they are: 2150 → 21.5; nothing is a dash."""
    if not value or value < 0:
        return "—"
    whole, rest = divmod(value, 100)
    return f"{whole:,}.{rest:02d}".rstrip("0").rstrip(".")


@register.filter
def taken(fen: int | None) -> str:
    """Write an amount that is taken off: 51230 → −512.30; nothing is 0.00."""
    return yuan(-(fen or 0), symbol="")


@register.filter
def size(fen: int | None) -> str:
    """Write an amount without its sign, where an arrow says the direction."""
    return "—" if fen is None else yuan(abs(fen), symbol="")


@register.filter
def item(of: dict[str, Any], key: str) -> Any:
    """Look a value up by name."""
    return of.get(key)


@register.filter
def minus_yuan(fen: int) -> str:
    """Write what was taken with its sign and ¥: 76769 → −¥767.69."""
    return yuan(-fen)


@register.filter
def day_before(day: dt.date) -> dt.date:
    """Give the last day of a validity whose end is exclusive."""
    return day - dt.timedelta(days=1)


@register.filter
def place_name(place: str) -> str:
    """Say where a line stands on the payslip."""
    return str(dict(PayItem.PLACES)[place])


@register.filter
def field_name(name: str) -> str:
    """Say what a layout's field holds."""
    return str(FIELD_NAMES.get(name, name))


@register.filter
def style_name(name: str) -> str:
    """Say how a layout writes a value."""
    return str(STYLE_NAMES.get(name, name))
