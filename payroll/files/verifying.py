"""Check data by what it is for: a layout of a file, cut-off days, a bureau's list."""

from collections.abc import Callable
from typing import Any

from .bureau_lists import read_bureau_list
from .cutoff_days import read_cutoffs
from .specs import checked

READERS: dict[str, Callable[[dict[str, Any]], Any]] = {"cutoff": read_cutoffs, "bureau_list": read_bureau_list}


def verify(purpose: str, spec: dict[str, Any]) -> None:
    """Raise `LayoutError` for data its purpose cannot use."""
    if purpose in READERS:
        READERS[purpose](spec)
    else:
        checked(purpose, spec)
