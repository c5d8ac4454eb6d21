"""Run one command in the foreground while the servers are up."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping, Sequence

from config.services.processes import exit_code, spawn, stop

GRACE_SECONDS = 15


def run_in_front(command: Sequence[str], env: Mapping[str, str]) -> int:
    """Run a command that has the terminal, and return its exit code; it ends with this process."""
    at_terminal = owns_terminal()
    if at_terminal:  # its Ctrl-C reaches the command by itself, and a shell may live on after it
        signal.signal(signal.SIGINT, lambda number, frame: None)
    process = spawn(command, env=env, own_session=not at_terminal, reads_input=True)
    try:
        return exit_code(process.wait())
    finally:
        stop(process, signal.SIGTERM, GRACE_SECONDS)


def owns_terminal() -> bool:
    """Tell whether a person sits at the terminal that this process reads from."""
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False
