"""Who is locked out: wrong passwords are counted per name and address (django-axes), wrong codes per person."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest

WRONG_CODES = 5
LOCKED_SECONDS = 15 * 60


def name_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the name somebody tried to sign in with, written in one way, so that `A@x` and `a@x ` count together."""
    typed = request.POST.get("username") or (credentials or {}).get("username", "")
    return str(typed).strip().lower()


def _key(staff_id: int) -> str:
    return f"wrong-codes:{staff_id}"


def codes_locked(staff_id: int) -> bool:
    """Tell whether a person has given too many wrong codes in the last quarter of an hour."""
    return cache.get(_key(staff_id), 0) >= WRONG_CODES


def count_wrong_code(staff_id: int) -> None:
    if not cache.add(_key(staff_id), 1, LOCKED_SECONDS):
        cache.incr(_key(staff_id))


def forget_wrong_codes(staff_id: int) -> None:
    cache.delete(_key(staff_id))
