"""Check data by what it is for: a layout of a file, cut-off days."""

from collections.abc import Callable
from typing import Any

from .cutoff_days import read_cutoffs
from .specs import checked

READERS: dict[str, Callable[[dict[str, Any]], Any]] = {"cutoff": read_cutoffs}


def verify(purpose: str, spec: dict[str, Any]) -> None:
    """Raise `LayoutError` for data its purpose cannot use."""
    if purpose in READERS:
        READERS[purpose](spec)
    else:
        checked(purpose, spec)
