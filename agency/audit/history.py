"""Row history of regulated tables, written by database triggers so that bulk and raw SQL cannot pass by."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models

from agency.privacy.fields import EncryptedTextField
from agency.tenancy.constraints import rls

M = TypeVar("M", bound=type[models.Model])


def audited(*, exclude: Sequence[str] = ()) -> Callable[[M], M]:
    """Keep every insert, update and delete of a model in an append-only history table of the same agency.

    Who, when and from where come from `agency.audit.acting`. Encrypted columns stay encrypted in the history.
    """

    def track(model: M) -> M:
        name = f"{model._meta.label_lower.replace('.', '_')}_event"
        options: dict[str, Any] = {
            "meta": {
                "constraints": [rls(name=f"{name}_rls")],
                "indexes": [models.Index(fields=["agency", "pgh_obj_id", "pgh_created_at"], name=f"{name[:24]}_ix")],
            },
            "append_only": True,
        }
        if exclude:
            options["exclude"] = list(exclude)
        # Each save encrypts anew: whether a number changed is told by its blind index, not by its token.
        tokens = [f.name for f in model._meta.local_fields if isinstance(f, EncryptedTextField)]
        changed = pgtrigger.AnyChange(exclude=[*tokens, *exclude], exclude_auto=True)
        return pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(condition=changed),
            pghistory.DeleteEvent(),
            level=pghistory.Statement,
            **options,
        )(model)

    return track
