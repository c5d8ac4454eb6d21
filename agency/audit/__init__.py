"""History by triggers (`audit.history`) and business events (`audit.events`)."""

from typing import Any


def record(name: str, **kwargs: Any) -> Any:
    """Keep a business event; see `agency.audit.events.record`."""
    from .events import record as keep

    return keep(name, **kwargs)


def acting(*args: Any, **kwargs: Any) -> Any:
    """Name who acts for a block; see `agency.audit.events.acting`."""
    from .events import acting as act

    return act(*args, **kwargs)
