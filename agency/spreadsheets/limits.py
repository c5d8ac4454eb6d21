"""How large a file may be before it is refused unread."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep one upload below 500 MB of memory.

    `cells` bounds rows × columns of the area in use: the reader lays that area out in full, so a single
    stray cell in the last row of the sheet would otherwise cost gigabytes.
    """

    file_bytes: int = 50 * MEGABYTE
    unpacked_bytes: int = 400 * MEGABYTE
    unpack_ratio: int = 200
    zip_entries: int = 3000
    rows: int = 200_000
    cells: int = 4_000_000
    password_rounds: int = 1_000_000


DEFAULT_LIMITS = Limits()
