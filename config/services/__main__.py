"""Run one command with the servers up, and end with its exit code."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

from config.services.launcher import Services
from config.services.processes import end_on_signals, exit_code, spawn, stop
from config.services.throwaway import folder

GRACE_SECONDS = 15


def main(args: list[str]) -> int:
    """Run the command `args` names and return its exit code."""
    throwaway = args[:1] == ["--throwaway"]
    command = args[1:] if throwaway else args
    if not command:
        sys.exit("usage: python -m config.services [--throwaway] COMMAND …")
    end_on_signals()
    with ExitStack() as stack:
        base = stack.enter_context(folder()) if throwaway else Path(os.environ.get("ZHUDIAN_VAR", "var"))
        services = stack.enter_context(Services(base, throwaway))
        at_terminal = owns_terminal()
        if at_terminal:  # its Ctrl-C reaches the command by itself, and a shell may live on after it
            signal.signal(signal.SIGINT, lambda number, frame: None)
        env = {**os.environ, **services.env}
        process = spawn(command, env=env, own_session=not at_terminal, reads_input=True)
        stack.callback(stop, process, signal.SIGTERM, GRACE_SECONDS)
        return exit_code(process.wait())


def owns_terminal() -> bool:
    """Tell whether a person sits at the terminal that this process reads from."""
    try:
        return os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (OSError, RuntimeError) as error:
        sys.exit(str(error))
