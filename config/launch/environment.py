"""What the programs of one start have in common: settings, port, address, prepared database."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from config.services.launcher import Services
from config.services.processes import free_port, run

ROOT = Path(__file__).resolve().parents[2]
FIRST_PORT, PORTS = 8000, 100
MANAGE = [sys.executable, "manage.py"]


def chosen_port() -> int:
    """Give the port that PORT names, or the first free one from 8000. Raise OSError when it is taken."""
    if named := os.environ.get("PORT"):
        if not named.isdigit():
            raise ValueError(f"PORT={named} is not a number.")
        try:
            return free_port(int(named))
        except OSError:
            raise OSError(f"Port {named} is taken: set PORT to another one, or leave it unset.") from None
    return free_port(FIRST_PORT, PORTS)


def environment(services: Services, port: int) -> dict[str, str]:
    """Give the environment of every program of this start."""
    var = services.place.base
    common = {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "CELERY_BEAT_SCHEDULE_FILENAME": str(var / "beat"),
        "MEDIA_ROOT": str(var / "media"),
    }
    return {**os.environ, **common, **services.env}


@contextmanager
def alone(services: Services) -> Iterator[None]:
    """Let one start at a time prepare the database."""
    with open(services.place.home / "prepare.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate(env: Mapping[str, str]) -> None:
    """Bring the tables up to date; a start with nothing to do costs one look."""
    as_owner = {**env, "ZHUDIAN_DB_ROLE": "owner"}
    look = [*MANAGE, "migrate", "--check", "--verbosity", "0", "--skip-checks"]
    if run(look, env=as_owner, out=subprocess.DEVNULL):
        say("Creating and updating tables …")
        manage(["migrate", "--skip-checks"], env)


def load_demo(env: Mapping[str, str], home: Path) -> None:
    """Fill an empty database with the example agencies, once."""
    loaded = home / "demo-is-loaded"
    if not loaded.exists():
        say("Loading the example agencies …")
        manage(["load_demo"], env)
        loaded.touch()


def manage(args: list[str], env: Mapping[str, str]) -> None:
    """Run a management command whose output is progress. Raise RuntimeError when it fails."""
    if code := run([*MANAGE, *args], env=env, out=sys.stderr.fileno()):
        raise RuntimeError(f"manage.py {' '.join(args)} failed with code {code}; see above.")


def say(sentence: str) -> None:
    """Tell the person at the terminal what takes time."""
    print(sentence, file=sys.stderr, flush=True)
