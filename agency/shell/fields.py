"""Form fields that speak yuan, per cent and last days, and give whole fen, millionths and half-open ends."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agency.money import MINUS, MoneyError, parse_yuan, yuan
from agency.periods import Period, PeriodError
from agency.shell.widgets import AmountInput, DayInput, MonthInput

MONEY_MESSAGES = {
    "empty": _("Fill in an amount, such as 3,600.00."),
    "not_a_number": _("“%(value)s” is no amount. Write it like 3,600.00."),
    "too_many_decimals": _("“%(value)s” has more than two decimals. Write whole fen, such as 3,600.05."),
    "too_large": _("“%(value)s” is too large. Check the number of digits."),
}
NO_PERCENTAGE = _("“%(value)s” is no percentage. Write it like 9.5.")
TOO_FINE = _("“%(value)s” has more than four decimals. Leave the last ones out.")
NO_MONTH = _("“%(value)s” is no month. Write it like 2026-10.")


class YuanField(forms.Field):
    """An amount typed in yuan; cleans to fen (int) or None."""

    widget = AmountInput

    def to_python(self, value: Any) -> int | None:
        """Read yuan as people write them."""
        if value in self.empty_values:
            return None
        try:
            return parse_yuan(value)
        except MoneyError as wrong:
            raise ValidationError(MONEY_MESSAGES[wrong.code], params={"value": value}) from None

    def prepare_value(self, value: Any) -> Any:
        """Show fen as yuan; what was typed stays as typed."""
        return yuan(value, symbol="") if isinstance(value, int) else value


class PercentField(forms.Field):
    """A rate typed in per cent; cleans to millionths (int, 9.5 → 95_000) or None."""

    widget = AmountInput

    def to_python(self, value: Any) -> int | None:
        """Read a percentage with at most four decimals."""
        if value in self.empty_values:
            return None
        try:
            millionths = Decimal(str(value).strip().rstrip("%％").replace(MINUS, "-")).scaleb(4)
        except InvalidOperation:
            raise ValidationError(NO_PERCENTAGE, params={"value": value}) from None
        if not millionths.is_finite() or millionths != millionths.to_integral_value():
            raise ValidationError(TOO_FINE, params={"value": value})
        return int(millionths)

    def prepare_value(self, value: Any) -> Any:
        """Show millionths as per cent; what was typed stays as typed."""
        return f"{Decimal(value).scaleb(-4).normalize():f}" if isinstance(value, int) else value


class PeriodField(forms.Field):
    """A month by the browser's picker; cleans to a `Period` or None."""

    widget = MonthInput

    def to_python(self, value: Any) -> Period | None:
        """Read YYYY-MM."""
        if value in self.empty_values:
            return None
        try:
            return value if isinstance(value, Period) else Period.parse(value)
        except PeriodError:
            raise ValidationError(NO_MONTH, params={"value": value}) from None

    def prepare_value(self, value: Any) -> str:
        """Show a period as YYYY-MM."""
        return str(value) if value else ""


class LastDayField(forms.DateField):
    """A last day, as contracts write it; cleans to the first day after it, as validity is kept."""

    widget = DayInput

    def clean(self, value: Any) -> dt.date | None:
        """Return the end of the half-open validity."""
        day = super().clean(value)
        return day + dt.timedelta(days=1) if day else None
