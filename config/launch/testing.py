"""Run pytest on servers of its own, whose database is migrated already.

Making the tables takes longer than many a run of tests. So a cluster with all migrations applied is kept in
var/, one for the migrations as they are, and each run works on a copy: its test databases are made from the
database `zhudian` in it (`TEST.TEMPLATE` of the test settings).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.launch.environment import ROOT, say
from config.services.__main__ import kept_folder
from config.services.command import run_in_front
from config.services.launcher import Services
from config.services.postgres import DATABASE
from config.services.processes import end_on_signals, run
from config.services.throwaway import folder

SOURCES = ("*/migrations/*.py", "config/services/sql/*.sql", "config/services/postgres.py", "requirements.lock")
KEPT = ("pg", "secrets.env")


def main(args: list[str]) -> int:
    """Run pytest with `args` and return its exit code."""
    end_on_signals()
    with folder() as base:
        provide_cluster(base)
        with Services(base, loose=True) as services:
            env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", **services.env}
            return run_in_front([sys.executable, "-m", "pytest", *args], env | {"TEST_TEMPLATE": DATABASE})


def provide_cluster(base: Path) -> None:
    """Put a migrated cluster into `base`: a copy of the kept one, which is made first where it is missing."""
    home = kept_folder() / "test-clusters"
    home.mkdir(parents=True, exist_ok=True)
    with open(home / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = home / fingerprint()
        if not kept.exists():
            say("Creating the tables for the tests (once, and after new migrations) …")
            for old in home.glob("*/"):
                shutil.rmtree(old, ignore_errors=True)
            with folder() as fresh:
                migrate(fresh)
                copy(fresh, home / "unfinished")
            (home / "unfinished").rename(kept)
        copy(kept, base)


def fingerprint() -> str:
    """Give what the tables depend on."""
    digest = hashlib.sha256()
    for file in sorted(file for pattern in SOURCES for file in ROOT.glob(pattern)):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def migrate(base: Path) -> None:
    """Make the tables in a cluster at `base` and stop it."""
    with Services(base, loose=True) as services:
        env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "ZHUDIAN_DB_ROLE": "owner"}
        command = [sys.executable, "manage.py", "migrate", "--skip-checks", "--verbosity", "0"]
        if run(command, env=env | services.env, out=sys.stderr.fileno()):
            raise RuntimeError("The migrations failed; see above.")


def copy(source: Path, target: Path) -> None:
    """Copy a stopped cluster with its owners and rights."""
    target.mkdir(exist_ok=True)
    subprocess.run(["cp", "-a", *(str(source / name) for name in KEPT), str(target)], check=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (OSError, RuntimeError) as error:
        sys.exit(str(error))
