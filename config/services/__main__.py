"""Run one command with the servers up, and end with its exit code."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

from config.services.launcher import Services
from config.services.processes import end_on_signals, exit_code, spawn, stop
from config.services.throwaway import folder

GRACE_SECONDS = 15


def main() -> int:
    """Run the command that the arguments name and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m config.services")
    parser.add_argument("--fresh", action="store_true", help="empty servers that are removed at the end")
    parser.add_argument("--loose", action="store_true", help="fast ones that need not survive a power cut")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if not options.command:
        parser.error("name a command")
    end_on_signals()
    with ExitStack() as stack:
        base = stack.enter_context(folder()) if options.fresh else kept_folder()
        services = stack.enter_context(Services(base, options.loose))
        at_terminal = owns_terminal()
        if at_terminal:  # its Ctrl-C reaches the command by itself, and a shell may live on after it
            signal.signal(signal.SIGINT, lambda number, frame: None)
        env = {**os.environ, **services.env}
        process = spawn(options.command, env=env, own_session=not at_terminal, reads_input=True)
        stack.callback(stop, process, signal.SIGTERM, GRACE_SECONDS)
        return exit_code(process.wait())


def kept_folder() -> Path:
    """Give the folder of the servers that stay: var/ unless ZHUDIAN_VAR names another."""
    return Path(os.environ.get("ZHUDIAN_VAR", "var"))


def owns_terminal() -> bool:
    """Tell whether a person sits at the terminal that this process reads from."""
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, RuntimeError) as error:
        sys.exit(str(error))
