"""Run the whole product on this machine until Ctrl-C, with example agencies in it."""

from __future__ import annotations

import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping

from config.launch.environment import MANAGE, alone, chosen_port, environment, load_demo, migrate, say
from config.launch.programs import beat, gunicorn, worker
from config.launch.supervisor import Supervisor
from config.services.__main__ import kept_folder
from config.services.launcher import Services
from config.services.processes import end_on_signals, run

READY_SECONDS = 60


def main() -> int:
    """Start everything, say where it is, and wait; return 1 when a part ends by itself."""
    end_on_signals()
    started = time.monotonic()
    port = chosen_port()
    say("Starting PostgreSQL and Redis …")
    with Services(kept_folder()) as services:
        env = environment(services, port)
        with alone(services):
            migrate(env)
            load_demo(env, services.place.home)
        logs = services.place.base / f"logs-{port}"
        with Supervisor(env, logs) as supervisor:
            say("Starting web, worker and beat …")
            supervisor.start(gunicorn(port), worker())
            await_health(port, supervisor)
            if services.is_owner:  # two clocks would send every job twice
                supervisor.start(beat())
            print(f"Ready: http://127.0.0.1:{port}", flush=True)
            say(f"({time.monotonic() - started:.1f} s; logs in {logs}; Ctrl-C ends everything)")
            show_accounts(env)
            return watch(supervisor, services)


def await_health(port: int, supervisor: Supervisor) -> None:
    """Wait until the product says that it can work. Raise RuntimeError when a part ends before."""
    deadline = time.monotonic() + READY_SECONDS
    while not is_healthy(port):
        if words := supervisor.obituary():
            raise RuntimeError(words)
        if time.monotonic() > deadline:
            raise RuntimeError(f"No healthy answer within a minute; {supervisor.logs} may say why.")
        time.sleep(0.1)


def is_healthy(port: int) -> bool:
    """Ask the health page once."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready/", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def show_accounts(env: Mapping[str, str]) -> None:
    """Print the table of people to sign in as."""
    run([*MANAGE, "load_demo", "--accounts"], env=env)


def watch(supervisor: Supervisor, services: Services) -> int:
    """Wait until a part ends, which it should not."""
    while services.are_running():
        if words := supervisor.obituary():
            say(words)
            return 1
        time.sleep(0.5)
    say("PostgreSQL or Redis has ended, and with it everything else.")
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, RuntimeError, ValueError) as error:
        sys.exit(str(error))
