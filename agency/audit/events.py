"""Business events: `record("payroll.run.approved", subject=run, total_fen=…)`, in the caller's transaction."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import models

from .models import BusinessEvent

NAME = re.compile(r"^[a-z_]+(\.[a-z_]+){1,3}$")


@dataclass(frozen=True)
class Actor:
    """Who acts, and from where; `staff_id` None is the system or a person without an account."""

    staff_id: int | None
    name: str
    ip: str = ""


_actor: ContextVar[Actor | None] = ContextVar("actor", default=None)


def current_actor() -> Actor | None:
    return _actor.get()


@contextmanager
def acting(staff: Any = None, *, name: str = "", ip: str = "", source: str = "") -> Iterator[None]:
    """Name who acts for a block: history rows and events carry it. `source` is a URL or a job's name."""
    actor = Actor(getattr(staff, "pk", None), name or getattr(staff, "name", ""), ip)
    token = _actor.set(actor)
    try:
        with pghistory.context(staff=actor.staff_id, name=actor.name, ip=ip, source=source):
            yield
    finally:
        _actor.reset(token)


def record(
    name: str, *, subject: models.Model | None = None, actor: Any = None, ip: str = "", **data: Any
) -> BusinessEvent:
    """Keep an event. Call inside the transaction of the change, so that both or neither exist.

    `data` must be plain JSON and must not hold personal numbers. Raises `ValueError` for a name that is not dotted.
    """
    if not NAME.match(name):
        raise ValueError(f"Not a dotted event name: {name!r}")
    who = Actor(actor.pk, actor.name, ip) if actor is not None else (current_actor() or Actor(None, "", ip))
    return BusinessEvent.objects.create(
        name=name,
        actor_id_at_the_time=who.staff_id,
        actor_name=who.name,
        ip=who.ip,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        subject_label=str(subject)[:120] if subject is not None else "",
        data=data,
    )
