"""The agency's own days: set one, take one back."""

from datetime import date

from agency.audit import record

from .models import CalendarDay


def set_day(day: date, *, is_workday: bool, name: str = "") -> CalendarDay:
    """Say that people work, or do not, on a date, whatever the public calendar says."""
    own, _created = CalendarDay.objects.update_or_create(date=day, defaults={"is_workday": is_workday, "name": name})
    record("calendar.day.set", subject=own, date=day.isoformat(), is_workday=is_workday)
    return own


def clear_day(own: CalendarDay) -> None:
    """Follow the public calendar again on that date."""
    record("calendar.day.cleared", subject=own, date=own.date.isoformat())
    own.delete()
