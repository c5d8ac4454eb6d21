"""Run one command with the servers up, and end with its exit code."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import ExitStack
from pathlib import Path

from config.services.command import run_in_front
from config.services.launcher import Services
from config.services.processes import end_on_signals
from config.services.throwaway import folder


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
        return run_in_front(options.command, {**os.environ, **services.env})


def kept_folder() -> Path:
    """Give the folder of the servers that stay: var/ unless ZHUDIAN_VAR names another."""
    return Path(os.environ.get("ZHUDIAN_VAR", "var"))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, RuntimeError) as error:
        sys.exit(str(error))
