"""Form fields for numbers of people and companies: they clean to the normal form or say what is wrong."""

from abc import ABC, abstractmethod
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agency.shell.widgets import DigitsInput

from . import check_bank_account, check_credit_code, check_identity_number, check_phone
from .invalid import InvalidIdentifier


class IdentifierField(forms.CharField, ABC):
    """A number with a rule of its own; `normal` returns how it is stored or raises InvalidIdentifier."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 40, "widget": DigitsInput, **kwargs})

    def clean(self, value: Any) -> str:
        """Return the number as it is stored."""
        text = super().clean(value)
        try:
            return self.normal(text) if text else ""
        except InvalidIdentifier as wrong:
            raise ValidationError(str(wrong.reason), code="identifier") from None

    @abstractmethod
    def normal(self, text: str) -> str:
        """Return the number as it is stored; raise `InvalidIdentifier`."""


class IdentityNumberField(IdentifierField):
    """A resident identity number: region, birth date and check character are checked."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.TextInput(attrs={"autocomplete": "off"}), **kwargs})

    def normal(self, text: str) -> str:
        return check_identity_number(text).number


class PhoneField(IdentifierField):
    """A mainland mobile number."""

    def normal(self, text: str) -> str:
        return check_phone(text)


class BankAccountField(IdentifierField):
    """A bank account of 8 to 32 digits."""

    def normal(self, text: str) -> str:
        return check_bank_account(text).number


class CreditCodeField(IdentifierField):
    """A unified social credit code with its check character."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.TextInput(attrs={"autocomplete": "off"}), **kwargs})

    def normal(self, text: str) -> str:
        return check_credit_code(text)
