"""Run the product for a developer: tracebacks, output on the terminal, restart on every saved change."""

from __future__ import annotations

import sys
from pathlib import Path

from watchfiles import PythonFilter, watch

from config.launch.environment import ROOT, alone, chosen_port, environment, load_demo, migrate, say
from config.launch.programs import runserver, worker
from config.launch.supervisor import Supervisor
from config.services.__main__ import kept_folder
from config.services.launcher import Services
from config.services.processes import end_on_signals

WATCHED = ("agency", "clients", "workers", "payroll", "training", "servicedesk", "config")
LOOK_MS = 500


def main() -> int:
    """Start web and worker and restart both whenever Python code changes."""
    end_on_signals()
    port = chosen_port()
    with Services(kept_folder()) as services:
        env = environment(services, port) | {"DEBUG": "1"}
        with alone(services):
            migrate(env)
            load_demo(env, services.place.home)
        programs = (runserver(port), worker())
        with Supervisor(env, logs=None) as supervisor:
            supervisor.start(*programs)
            folders = [ROOT / name for name in WATCHED]
            looks = watch(*folders, watch_filter=PythonFilter(), rust_timeout=LOOK_MS, yield_on_timeout=True)
            for changes in looks:
                if changes:
                    say(f"{Path(next(iter(changes))[1]).name} changed: restarting.")
                    supervisor.stop()
                    supervisor.start(*programs)
                if not services.are_running():
                    break
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, RuntimeError, ValueError) as error:
        sys.exit(str(error))
