"""Model fields for personal numbers: one keeps the token, its neighbour the blind index."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.signals import pre_save

from . import blind_index as blind
from . import crypto

AGENCY, GLOBAL = "agency", "global"


class EncryptedTextField(models.TextField):
    """Store text encrypted for one purpose; in Python it is a plain ``str``.

    An empty string stays empty, null stays null. Nothing but ``isnull`` can be asked of the column: every
    encryption gives another token. Search through a BlindIndexField.
    """

    description = "Encrypted text"

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "purpose": self.purpose}

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return crypto.decrypt(value, self.purpose) if value else value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        value = super().get_db_prep_value(value, connection, prepared)
        return crypto.encrypt(value, self.purpose) if value else value

    def tokens(self, values: Iterable[str | None]) -> list[str | None]:
        """Return what is stored for many values."""
        encrypt = crypto.key_ring().encrypt
        return [encrypt(value, self.purpose) if value else value for value in values]

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted and cannot be compared: search its blind index.")
        return super().get_lookup(lookup_name)


class BlindIndexField(models.CharField):
    """Store the blind index of a neighbouring encrypted field, computed whenever the row is saved.

    The purpose is the source's unless given. ``scope="agency"`` separates the agencies, ``scope="global"``
    does not (sign-in). Works with ``save`` and ``bulk_create``. ``bulk_update`` and ``update`` pass by every
    ``pre_save`` of Django, and so by this one: save rows whose personal numbers change.
    """

    description = "Blind index of an encrypted field"

    def __init__(self, *args: Any, source: str, purpose: str = "", scope: str = AGENCY, **kwargs: Any) -> None:
        if scope not in (AGENCY, GLOBAL):
            raise ValueError("The scope of a blind index is 'agency' or 'global'.")
        self.source, self.purpose, self.scope = source, purpose, scope
        kwargs = {"max_length": blind.LENGTH, "null": True, "editable": False, **kwargs}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, args, kwargs = super().deconstruct()
        kwargs |= {"source": self.source, "purpose": self.purpose, "scope": self.scope}
        return name, path, list(args), kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            pre_save.connect(self._refuse_half_saves, sender=cls, weak=False, dispatch_uid=(cls, name))

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        if self.source not in model_instance.get_deferred_fields():
            setattr(model_instance, self.attname, self.index_of(model_instance))
        return getattr(model_instance, self.attname)

    def index_of(self, instance: models.Model) -> str | None:
        """Return the index the row should have; null where the source is empty."""
        value = getattr(instance, self.source)
        return self.index_for(value, getattr(instance, "agency_id", None)) if value else None

    def index_for(self, value: str, agency_id: int | None) -> str:
        """Return the index to look for a value by; raise ValueError where the agency is missing."""
        return blind.blind_index(value, *self._space(agency_id))

    def indexes_for(self, values: Iterable[str | None], agency_id: int | None) -> list[str | None]:
        """Return the indexes of many values; null for empty ones."""
        return blind.blind_indexes(values, *self._space(agency_id))

    def _space(self, agency_id: int | None) -> tuple[str, int | None]:
        if self.scope == GLOBAL:
            agency_id = None
        elif agency_id is None:
            raise ValueError(f"{self.name} needs the agency: its index differs from agency to agency.")
        source: Any = self.model._meta.get_field(self.source)
        return self.purpose or source.purpose, agency_id

    def _refuse_half_saves(self, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
        if update_fields and self.source in update_fields and self.name not in update_fields:
            raise ValueError(f"Save {self.source} together with {self.name}, or it cannot be found any more.")


def index_field(model: type[models.Model], source: str) -> BlindIndexField | None:
    """Return the blind index of an encrypted field, or None where the model keeps none."""
    fields = (field for field in model._meta.concrete_fields if isinstance(field, BlindIndexField))
    return next((field for field in fields if field.source == source), None)


def matching(model: type[models.Model], source: str, value: str, agency_id: int | None = None) -> models.Q:
    """Return the condition that finds the rows whose encrypted field ``source`` holds the value."""
    field = index_field(model, source)
    if field is None:
        raise FieldError(f"{model.__name__}.{source} has no blind index.")
    return models.Q(**{field.name: field.index_for(value, agency_id)})
