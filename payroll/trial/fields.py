"""Read the fields of a case, each fault naming the place and the way out."""

from collections.abc import Iterator
from decimal import Context, Decimal
from typing import Any

from django.utils.translation import gettext as _

from agency.money import MILLION
from agency.periods import Period, PeriodError
from payroll.calculation.columns import AMOUNT_LIMIT_FEN

from .exact import CONSTANTS, Number, Twice
from .faults import LIMIT, TrialFault

# What a spreadsheet or a program leaves of 0.1 + 0.2 is meant as 0.3; fifteen digits are what a double can promise.
_DIGITS = Context(prec=15)


class Fields:
    """An object of a case and the place it stands at. Raises `TrialFault` for whatever is not as it must be."""

    def __init__(self, value: Any, where: str, known: tuple[str, ...]):
        self.where = where
        if not isinstance(value, dict):
            raise TrialFault(where, _("Here must be an object, not %s.") % kind_of(value), _("Write it as {…}."))
        self.value = value
        if isinstance(value, Twice):
            names = ", ".join(value.names)
            raise TrialFault(self.at(value.names[0]), _("%s stands here twice.") % names, _("Keep one of the two."))
        unknown = sorted(set(value) - set(known))
        if unknown:
            mend = _("Leave it out, or use one of: %s.") % ", ".join(known)
            raise TrialFault(self.at(unknown[0]), _("“%s” is unknown here.") % unknown[0][:60], mend)

    def __contains__(self, name: str) -> bool:
        return name in self.value

    def at(self, name: str) -> str:
        """Return the place of a field."""
        return f"{self.where}.{name[:60]}" if self.where else name[:60]

    def wrong(self, name: str, what: str, mend: str) -> TrialFault:
        """Return a fault at a field, to be raised."""
        return TrialFault(self.at(name), what, mend)

    def text(self, name: str) -> str:
        """Read a text that is not empty."""
        value = self._given(name)
        if not isinstance(value, str) or isinstance(value, Number) or not value.strip():
            raise self.wrong(name, _("%s is a text.") % name, _('Write it in quotes, such as "2026-10".'))
        return value.strip()

    def period(self, name: str) -> Period:
        """Read a month like "2026-10"."""
        text = self.text(name)
        try:
            return Period.parse(text)
        except PeriodError:
            raise self.wrong(name, _("“%s” is no month.") % text[:20], _("Write it like 2026-10.")) from None

    def rows(self, name: str) -> Iterator[tuple[int, Any]]:
        """Read a list with at least one entry; each with its place from 0."""
        value = self._given(name)
        if not isinstance(value, list) or not value:
            what = _("%s must be a list with at least one entry.") % name
            raise self.wrong(name, what, _("Write it as [{…}]."))
        return enumerate(value)

    def whole(self, name: str, lowest: int, highest: int) -> int:
        """Read a whole number between two others."""
        found = self._decimal(name)
        if not lowest <= found <= highest or found != found.to_integral_value():
            what = _("%(given)s is not possible here.") % {"given": self._shown(name)}
            mend = _("Give a whole number from %(low)d to %(high)d.") % {"low": lowest, "high": highest}
            raise self.wrong(name, what, mend)
        return int(found)

    def amount(self, name: str, default: int | None = None) -> int:
        """Read yuan ≥ 0 with at most two decimals and return fen; without a default the field must be there."""
        if default is not None and name not in self.value:
            return default
        found = self._decimal(name)
        if found < 0:
            raise self.wrong(name, _("%s is below zero.") % self._shown(name), _("Give 0 or more."))
        if found > AMOUNT_LIMIT_FEN // 100:
            what = _("%(given)s is more than %(limit)s yuan.") % {"given": self._shown(name), "limit": LIMIT}
            raise self.wrong(name, what, _("Check the number of digits."))
        fen = _DIGITS.create_decimal(found).scaleb(2)
        if fen != fen.to_integral_value():
            what = _("%s has more than two decimals.") % self._shown(name)
            raise self.wrong(name, what, _("Give yuan with at most two decimals, such as 3600.05."))
        return int(fen)

    def rate(self, name: str, lowest: int, highest: int) -> int:
        """Read a rate between two others, in millionths: in per cent (12, 0.4), or as a fraction (0.12, 0.004).

        No rate of the housing fund or of work injury lies in both readings, so neither is a guess.
        """
        found = self._decimal(name)
        for size in (10_000, MILLION):
            millionths = found * size if abs(found) <= 100 else Decimal(-1)
            if lowest <= millionths <= highest and millionths == millionths.to_integral_value():
                return int(millionths)
        low, high = (f"{Decimal(end).scaleb(-4).normalize():f}" for end in (lowest, highest))
        what = _("%s is no rate the city allows.") % self._shown(name)
        mend = _("Give per cent from %(low)s to %(high)s, with at most four decimals.") % {"low": low, "high": high}
        raise self.wrong(name, what, mend)

    def _given(self, name: str) -> Any:
        if name not in self.value:
            raise self.wrong(name, _("%s is missing.") % name, _("Add it."))
        return self.value[name]

    def _decimal(self, name: str) -> Decimal:
        value = self._given(name)
        if not isinstance(value, Number) or value in CONSTANTS:
            what = _("%(name)s must be a number, not %(kind)s.") % {"name": name, "kind": kind_of(value)}
            raise self.wrong(name, what, _("Write digits without quotes, such as 3600.05."))
        try:
            return Decimal(value)
        except ArithmeticError:
            what = _("%s is no amount.") % self._shown(name)
            raise self.wrong(name, what, _("Check the number of digits.")) from None

    def _shown(self, name: str) -> str:
        text = str(self.value[name])
        return text if len(text) <= 24 else f"{text[:24]}…"


def kind_of(value: Any) -> str:
    """Name a JSON value for people."""
    if isinstance(value, Number):
        return value if value in CONSTANTS else _("a number")
    names = {str: _("a text"), bool: _("true or false"), type(None): "null", list: _("a list")}
    return next((name for kind, name in names.items() if isinstance(value, kind)), _("an object"))
