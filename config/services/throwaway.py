"""Give a folder for servers that last one run, and clear away those of runs that were killed."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "zhudian-test-"
YOUNG_SECONDS = 60  # between making its folder and taking its lock a run is not to be swept away


@contextmanager
def folder() -> Iterator[Path]:
    """Make a folder that is removed at the end of the block."""
    sweep()
    path = Path(tempfile.mkdtemp(prefix=PREFIX))
    path.chmod(0o711)  # the servers' user walks through it to its own folders
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def sweep() -> None:
    """Remove the folders of runs that ended without doing so themselves."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime < YOUNG_SECONDS:
                continue
            with open(path / "services.lock") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)
