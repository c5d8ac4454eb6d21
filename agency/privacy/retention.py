"""Retention: why each personal field is held, for how long, and by which rule.

Source of the duty: Personal Information Protection Law, art. 6 (necessary), 17 (notice), 19 and 47 (erase).
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django_rls_tenants import RLSProtectedModel

from .fields import BlindIndexField, EncryptedTextField

PERSONAL_NAMES = frozenset({
    "identity_number", "bank_account", "holder", "phone", "phone_tail", "mobile", "email", "wechat",
    "birth_date", "birthday", "sex", "gender", "hukou", "ethnicity", "native_place", "education",
    "marital_status", "health", "home_address", "household_address", "emergency_contact", "emergency_phone",
    "photo", "portrait", "full_name", "signature", "latitude", "longitude", "ip", "ip_address", "actor_name",
})  # fmt: skip
# Beside an encrypted number these name a person; alone they name a client, a course, a form.
NAMES_OF_PEOPLE = frozenset({"name", "name_pinyin", "name_initials"})


@dataclass(frozen=True)
class Keep:
    """Hold a value ``months`` calendar months after an event; None: for as long as its purpose lasts."""

    after: str
    months: int | None
    source: str

    def until(self, event: date) -> date | None:
        """Return the first day on which the value may be erased, or None where the purpose itself decides."""
        if self.months is None:
            return None
        years, index = divmod(event.month - 1 + self.months, 12)
        year, month = event.year + years, index + 1
        return date(year, month, min(event.day, monthrange(year, month)[1])) + timedelta(days=1)


WHILE_EMPLOYED = Keep("return or end of the labour contract", 24, "Labour Contract Law art. 50")
WAGE_RECORD = Keep("wage payment", 60, "Wage Payment Rules art. 6: 2 years; tax data: 5 years")
DEDUCTION_RECORD = Keep("last year of the deduction", 60, "State Taxation Administration Notice 2022 No. 7: 5 years")
WHILE_CLIENT = Keep("end of the dispatch agreement", 24, "PIPL art. 19: shortest necessary")
STAFF_RECORD = Keep("end of the staff member's employment", 24, "Labour Contract Law art. 50")
CANDIDATE = Keep("decision on the application", 6, "PIPL art. 19: shortest necessary")
SECURITY_LOG = Keep("the event logged", 6, "Cybersecurity Law art. 23(3)")


@dataclass(frozen=True)
class Rule:
    """Say what a personal field is for and how long it is kept."""

    purpose: str
    keep: Keep


_rules: dict[tuple[str, str], Rule] = {}


def retain(model: str, fields: Iterable[str], *, purpose: str, keep: Keep) -> None:
    """Declare the rule of some fields of ``app.Model``, next to the model's definition."""
    for field in fields:
        _rules[model.lower(), field] = Rule(purpose, keep)


def rule_for(model: type[models.Model], field: str) -> Rule | None:
    """Return the rule of a field, or None where it was forgotten."""
    return _rules.get((model._meta.label_lower, field))


def personal_fields(model: type[models.Model]) -> list[str]:
    """Return the personal fields of a model: encrypted, named like one, and the name of such a person."""
    fields = model._meta.concrete_fields
    found = {field.name for field in fields if _is_personal(field)}
    if any(isinstance(field, EncryptedTextField) for field in fields):
        found |= {field.name for field in fields} & NAMES_OF_PEOPLE
    return sorted(found)


def fields_without_rule() -> list[tuple[type[models.Model], str]]:
    """Return every personal field of our models that nobody gave a rule."""
    return [
        (model, field)
        for model in apps.get_models()
        if _holds_people(model)
        for field in personal_fields(model)
        if rule_for(model, field) is None
    ]


def rules_without_field() -> list[str]:
    """Return the rules whose model or field has gone, as ``app.model.field``."""
    known = {(model._meta.label_lower, f.name) for model in apps.get_models() for f in model._meta.fields}
    return sorted(".".join(key) for key in _rules.keys() - known)


def rules() -> dict[tuple[str, str], Rule]:
    """Return all rules by ``(app.model, field)``, for the notice to workers and the documentation."""
    return dict(_rules)


def _is_personal(field: Any) -> bool:
    return isinstance(field, EncryptedTextField | BlindIndexField) or field.name in PERSONAL_NAMES


def _holds_people(model: type[models.Model]) -> bool:
    # People stand in the agencies' tables only. A history table goes with the rule of the table it watches.
    return issubclass(model, RLSProtectedModel) and not hasattr(model, "pgh_tracked_model")
