"""The kinds of columns: each reads one cell and says in plain words why it cannot."""

from .base import UNREAD, BadCell, Kind
from .choices import Choice, YesNo
from .dates import Date
from .durations import Minutes, TimeOfDay
from .months import Month
from .numbers import Integer, Money, Percent, Quantity
from .personal import BankAccountNumber, IdentityNumberText, Phone
from .texts import Text

__all__ = [
    "UNREAD",
    "BadCell",
    "BankAccountNumber",
    "Choice",
    "Date",
    "IdentityNumberText",
    "Integer",
    "Kind",
    "Minutes",
    "Money",
    "Month",
    "Percent",
    "Phone",
    "Quantity",
    "Text",
    "TimeOfDay",
    "YesNo",
]
