"""Write days, times, rates and scores the way people say them, in the reader's language.

Chinese: 10月21日 周三, 2027年3月31日, 5—15日, 14:30. English: Wed 21 Oct, 31 Mar 2027, 5–15 Oct, 14:30.
"""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from agency.languages import in_chinese
from agency.money import MINUS, yuan
from agency.periods import Period

WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def local_date(moment: date | datetime) -> date:
    """Return the agency's local date of a date or of an aware moment."""
    if not isinstance(moment, datetime):
        return moment
    return (timezone.localtime(moment) if timezone.is_aware(moment) else moment).date()


def day(moment: date | datetime) -> str:
    """Write a day of about now with its weekday: 10月21日 周三."""
    on = local_date(moment)
    if in_chinese():
        return f"{on.month}月{on.day}日 周{WEEKDAYS_ZH[on.weekday()]}"
    return f"{WEEKDAYS_EN[on.weekday()]} {on.day} {MONTHS_EN[on.month - 1]}"


def day_short(moment: date | datetime) -> str:
    """Write a day without its weekday, for table cells: 10月21日."""
    on = local_date(moment)
    return f"{on.month}月{on.day}日" if in_chinese() else f"{on.day} {MONTHS_EN[on.month - 1]}"


def day_year(moment: date | datetime) -> str:
    """Write a day with its year: 2027年3月31日."""
    on = local_date(moment)
    return f"{on.year}年{day_short(on)}" if in_chinese() else f"{day_short(on)} {on.year}"


def near_day(moment: date | datetime, today: date | None = None) -> str:
    """Write today, tomorrow and yesterday by name; other days with weekday, other years with the year."""
    on, today = local_date(moment), today or timezone.localdate()
    names = {today - timedelta(1): _("yesterday"), today: _("today"), today + timedelta(1): _("tomorrow")}
    if on in names:
        return names[on]
    return day(on) if on.year == today.year else day_year(on)


def day_range(first: date, last: date) -> str:
    """Write a range of days, both inclusive: 5—15日, 10月28日—11月3日."""
    if first == last:
        return day_short(first)
    if (first.year, first.month) != (last.year, last.month):
        dash = "—" if in_chinese() else " – "
        return f"{day_short(first)}{dash}{day_short(last)}"
    return f"{first.day}—{last.day}日" if in_chinese() else f"{first.day}–{day_short(last)}"


def month(of: Period | date | str) -> str:
    """Write a month with its year: 2026年10月; a text is a stored period such as "2026-10"."""
    of = Period.parse(of) if isinstance(of, str) else of
    return f"{of.year}年{of.month}月" if in_chinese() else f"{MONTHS_EN[of.month - 1]} {of.year}"


def signed_yuan(fen: int) -> str:
    """Write a change of money with its sign and without ¥: +1,180.00, −512.30, 0.00."""
    return f"{'+' if fen > 0 else ''}{yuan(fen, symbol='')}"


def clock(moment: datetime) -> str:
    """Write the local time of day: 14:30."""
    return f"{timezone.localtime(moment) if timezone.is_aware(moment) else moment:%H:%M}"


def moment(when: datetime) -> str:
    """Write a near day with its time: 昨天 15:20."""
    return f"{near_day(when)} {clock(when)}"


def rate(value: int | Decimal) -> str:
    """Write a rate in per cent without idle zeros; int = millionths, Decimal = fraction: 9.5%."""
    fraction = Decimal(value).scaleb(-6) if isinstance(value, int) else value
    return f"{(fraction * 100).normalize():f}%".replace("-", MINUS)


def score1(score: Decimal | int) -> str:
    """Write a score with one decimal, halves up: 87.4."""
    return f"{Decimal(score).quantize(Decimal('0.1'), ROUND_HALF_UP)}".replace("-", MINUS)


def tenths(number: int) -> str:
    """Write tenths of a point with one decimal: 874 → 87.4."""
    whole, part = divmod(abs(number), 10)
    return f"{MINUS if number < 0 else ''}{whole}.{part}"


def signed_tenths(number: int) -> str:
    """Write a change in tenths of a point with its sign: +2.1, −0.4, 0.0."""
    return f"{'+' if number > 0 else ''}{tenths(number)}"


def count(number: int) -> str:
    """Write a whole number with separators: 2,146."""
    return f"{number:,}".replace("-", MINUS)
