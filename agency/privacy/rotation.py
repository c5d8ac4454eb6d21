"""Give encrypted fields the current key, in batches that can be stopped and started again."""

from collections.abc import Iterator

import pgtrigger
from django.apps import apps
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from agency.tenancy.context import tenant

from .crypto import VERSION, key_ring
from .fields import BlindIndexField, EncryptedTextField

BATCH = 500


def encrypted_models() -> list[type[Model]]:
    """Return every model with an encrypted field, history tables included: they hold tokens too."""
    return [model for model in apps.get_models() if encrypted_fields(model)]


def encrypted_fields(model: type[Model]) -> list[str]:
    """Return the names of a model's encrypted fields."""
    return [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]


def rotate(model: type[Model], agency_id: int, *, reindex: bool = False, batch: int = BATCH) -> Iterator[int]:
    """Encrypt one agency's rows with the current key; yield how many after each batch.

    Each batch is a transaction of its own. Rows that have the key already are passed over, so that a rotation
    that was stopped goes on where it was. ``reindex`` takes all rows and computes their blind indexes too,
    for a new BLIND_INDEX_KEY.
    """
    indexes = [f for f in model._meta.concrete_fields if isinstance(f, BlindIndexField)] if reindex else []
    changed = [*encrypted_fields(model), *(field.name for field in indexes)]
    last = 0
    while True:
        with tenant(agency_id):
            rows = list(_outdated(model, agency_id, everything=reindex).filter(pk__gt=last)[:batch])
            for row in rows:
                for field in indexes:
                    setattr(row, field.attname, field.index_of(row))
            if rows:
                # The plaintext stays: no history row, and the history itself may be given its new key.
                with pgtrigger.ignore():
                    model._default_manager.bulk_update(rows, changed)
                last = rows[-1].pk
        if not rows:
            return
        yield len(rows)


def _outdated(model: type[Model], agency_id: int, *, everything: bool) -> QuerySet[Model]:
    rows = model._default_manager.filter(agency_id=agency_id).order_by("pk").select_for_update()
    if everything:
        return rows
    old = Q()
    for name in encrypted_fields(model):
        token = f"{name}_token"
        rows = rows.alias(**{token: Cast(name, TextField())})
        old |= Q(**{f"{token}__gt": ""}) & ~Q(**{f"{token}__startswith": f"{VERSION}.{key_ring().current}."})
    return rows.filter(old)
