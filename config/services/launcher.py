"""Start PostgreSQL and Valkey together, or attach to the pair that runs already."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from config.services import keys, postgres, valkey
from config.services.place import Place
from config.services.processes import free_port, is_alive, stop

START_SECONDS = 60


class Services:
    """Both servers for the duration of a `with` block.

    The first to come holds the lock, owns the servers and stops them at its end; whoever comes
    while they run attaches. `env` holds what Django needs to reach them. `loose` servers are fast and
    forget everything in a power cut; they are for tests, whose settings have keys of their own.
    """

    def __init__(self, base: Path, loose: bool = False) -> None:
        self.place = Place.at(base)
        self.loose = loose
        self.env: dict[str, str] = {}
        self.processes: list[tuple[subprocess.Popen[bytes], signal.Signals]] = []
        self._state = self.place.home / "services.json"
        self._lock: IO[str] | None = None
        self._owner = 0

    @property
    def is_owner(self) -> bool:
        """Tell whether the servers end with this process."""
        return self._owner == os.getpid()

    def are_running(self) -> bool:
        """Tell whether both servers still run, as far as this process can see."""
        if self.is_owner:
            return all(process.poll() is None for process, _ in self.processes)
        return is_alive(self._owner)

    def __enter__(self) -> Services:
        self._lock = open(self.place.home / "services.lock", "w")
        deadline = time.monotonic() + START_SECONDS
        while not self._take_lock():
            if self._attach():
                return self
            if time.monotonic() > deadline:
                raise TimeoutError(f"The servers in {self.place.home} did not come up within a minute.")
            time.sleep(0.05)
        self._owner = os.getpid()
        self._state.unlink(missing_ok=True)
        try:
            self._start(deadline)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _take_lock(self) -> bool:
        assert self._lock is not None
        with suppress(BlockingIOError):
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False

    def _attach(self) -> bool:
        with suppress(OSError, ValueError, KeyError):
            state = json.loads(self._state.read_text())
            if is_alive(state["owner"]):  # else left by a killed launcher
                self.env, self._owner = state["env"], state["owner"]
                return True
        return False

    def _start(self, deadline: float) -> None:
        secrets_file = self.place.base / "secrets.env"
        if (self.place.home / "pg").exists() and not secrets_file.exists():
            raise FileNotFoundError(
                f"{secrets_file} is gone, and without it {self.place.home / 'pg'} cannot be opened: "
                "put it back, or remove both and start from nothing."
            )
        secrets = keys.kept_in(secrets_file)
        binaries = self.place.binaries()
        cluster = postgres.Postgres(self.place, binaries, secrets, self.loose)
        queue = valkey.Valkey(self.place, binaries, secrets["REDIS_PASSWORD"], self.loose)
        self.processes.append((cluster.start(free_port()), postgres.STOP))
        self.processes.append((queue.start(free_port()), valkey.STOP))
        while not (cluster.is_ready() and queue.is_ready()):
            if not self.are_running() or time.monotonic() > deadline:
                raise RuntimeError(f"A server did not start; {self.place.home}/*.log say why.")
            time.sleep(0.02)
        cluster.provision()
        self.env = {} if self.loose else keys.of_application(secrets)
        self.env |= {
            "DATABASE_URL": cluster.url(postgres.APP),
            "DATABASE_OWNER_URL": cluster.url(postgres.OWNER),
            "REDIS_URL": queue.url(),
            "PG_BIN": str(binaries.postgres / "bin"),
            "ZHUDIAN_VAR": str(self.place.base),
        }
        self._announce()

    def _announce(self) -> None:
        fresh = self._state.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            json.dump({"owner": self._owner, "env": self.env}, out)
        fresh.replace(self._state)

    def _stop(self) -> None:
        if self.is_owner:
            self._state.unlink(missing_ok=True)  # nobody attaches to servers that are going
        while self.processes:
            stop(*self.processes.pop())
        if self._lock:
            self._lock.close()
