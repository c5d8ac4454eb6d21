"""How often somebody without an account may try."""

from axes.helpers import get_client_ip_address
from django.core.cache import cache
from django.http import HttpRequest

MINUTE = 60
# A whole workshop may share one address, so reading a true link is generous and guessing is not.
OPENINGS = (120, MINUTE)
FORGERIES = (10, 10 * MINUTE)
ANSWERS = (10, 10 * MINUTE)


def within(name: str, who: object, limit: tuple[int, int]) -> bool:
    """Count one try and tell whether it is still within `limit` (times, seconds)."""
    times, seconds = limit
    key = f"limit:{name}:{who}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= times
    except ValueError:  # it ran out between the two calls
        return True


def spent(name: str, who: object, limit: tuple[int, int]) -> bool:
    """Tell whether the tries are used up, without counting one."""
    return int(cache.get(f"limit:{name}:{who}", 0)) >= limit[0]


def address(request: HttpRequest) -> str:
    """Return where a request comes from, read past the proxies the settings trust."""
    return get_client_ip_address(request) or "unknown"
