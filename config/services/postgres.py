"""Run the embedded PostgreSQL and give it the product's roles and database."""

from __future__ import annotations

import locale
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from config.services.binaries import Binaries
from config.services.place import Place
from config.services.processes import run, spawn, wait_until_gone

CLEAN = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
# pg_trgm asks the ctype what a letter is: with plain C it finds nothing in Chinese text.
CTYPES = ("C.UTF-8", "en_US.UTF-8", "zh_CN.UTF-8", "UTF-8")
FAST_AND_LOOSE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
# A month's runs write gigabytes of log: with the usual 1 GB a checkpoint follows the other and each writes pages twice.
LOG_BETWEEN_CHECKPOINTS = "max_wal_size=4GB"
# Megabytes; only what the data fill is taken from the machine.
LEAST_CACHE, MOST_CACHE = 128, 4096
STOP = signal.SIGINT  # "fast": ends the connections and writes everything down
DATABASE = "zhudian"
SQL = Path(__file__).parent / "sql"
SUPERUSER, OWNER, APP = "postgres", "zhudian_owner", "zhudian_app"


def cache_megabytes() -> int:
    """Return a quarter of the machine's memory, as PostgreSQL advises, but no more than a laptop can spare."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return max(LEAST_CACHE, min(memory // 4, MOST_CACHE))


class Postgres:
    """One cluster of one place."""

    def __init__(self, place: Place, binaries: Binaries, passwords: dict[str, str], loose: bool) -> None:
        self.place, self.binaries, self.loose = place, binaries, loose
        self.passwords = {
            SUPERUSER: passwords["POSTGRES_PASSWORD"],
            OWNER: passwords["OWNER_PASSWORD"],
            APP: passwords["APP_PASSWORD"],
        }
        self.data = place.home / "pg"
        self.port = 0

    def start(self, port: int) -> subprocess.Popen[bytes]:
        """Start the server on `port`, making the cluster first where there is none."""
        self.port = port
        if not self.data.exists():
            self._initialise()
        self._await_predecessor()
        settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200"]
        durable = [f"shared_buffers={cache_megabytes()}MB", LOG_BETWEEN_CHECKPOINTS]
        settings += FAST_AND_LOOSE if self.loose else durable
        args = [self.binaries.pg("postgres"), "-D", str(self.data), "-p", str(port)]
        args += [part for setting in settings for part in ("-c", setting)]
        with open(self.place.home / "postgres.log", "ab") as log:
            return spawn(args, dies_by=STOP, user=self.place.user, env=CLEAN, cwd="/", out=log)

    def is_ready(self) -> bool:
        """Tell whether the server takes connections."""
        args = [self.binaries.pg("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(args, check=False, env=CLEAN).returncode == 0

    def url(self, role: str, database: str = DATABASE) -> str:
        """Give the address a client of that role connects to."""
        return f"postgres://{role}:{self.passwords[role]}@127.0.0.1:{self.port}/{database}"

    def provision(self) -> None:
        """Make roles, database, extensions and grants; may run any number of times.

        What is granted and installed in template1 holds for every test database as well.
        """
        from psycopg2 import sql

        with self._superuser(SUPERUSER) as cursor:
            cursor.execute((SQL / "roles.sql").read_text())
            for role in (OWNER, APP):
                statement = sql.SQL("ALTER ROLE {} PASSWORD %s").format(sql.Identifier(role))
                cursor.execute(statement, [self.passwords[role]])
        self._furnish("template1")
        with self._superuser(SUPERUSER) as cursor:
            cursor.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.rowcount:
                cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        self._furnish(DATABASE)

    def _furnish(self, database: str) -> None:
        with self._superuser(database) as cursor:
            cursor.execute((SQL / "database.sql").read_text())

    @contextmanager
    def _superuser(self, database: str) -> Iterator[Any]:
        import psycopg2

        with closing(psycopg2.connect(self.url(SUPERUSER, database))) as connection:
            connection.autocommit = True
            yield connection.cursor()

    def _initialise(self) -> None:
        """Make the cluster beside its place and rename it: a half-made one is never taken for whole."""
        for left_over in self.place.home.glob("pg.new.*"):
            shutil.rmtree(left_over, ignore_errors=True)
        fresh = self.place.folder(f"pg.new.{os.getpid()}")
        reading, writing = os.pipe()
        os.write(writing, self.passwords[SUPERUSER].encode() + b"\n")
        os.close(writing)
        self.place.give(reading)  # /dev/fd checks permissions again
        log_file = self.place.home / "initdb.log"
        args = [
            self.binaries.pg("initdb"),
            "-D",
            str(fresh),
            "-U",
            SUPERUSER,
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
        ]
        args += [f"--pwfile=/dev/fd/{reading}", *locale_options(), *(["--no-sync"] if self.loose else [])]
        with open(log_file, "wb") as log:
            code = run(args, user=self.place.user, env=CLEAN, cwd="/", out=log, pass_fds=(reading,))
        os.close(reading)
        if code:
            raise RuntimeError(f"initdb failed with code {code}:\n{log_file.read_text()}")
        fresh.rename(self.data)

    def _await_predecessor(self) -> None:
        """Wait for the server of a killed launcher; drop the pid file of one that is no more."""
        file = self.data / "postmaster.pid"
        with suppress(OSError, ValueError, IndexError):
            pid = int(file.read_text().split()[0])
            if not wait_until_gone(pid, str(self.data), patience=30):
                raise RuntimeError(f"Another PostgreSQL (process {pid}) uses {self.data}; end it.")
        file.unlink(missing_ok=True)


def locale_options() -> list[str]:
    """Give initdb a collation of its own, the same everywhere, and a ctype this machine has."""
    before = locale.setlocale(locale.LC_CTYPE)
    for ctype in CTYPES:
        with suppress(locale.Error):
            locale.setlocale(locale.LC_CTYPE, ctype)
            locale.setlocale(locale.LC_CTYPE, before)
            options = ["--locale-provider=builtin", "--locale=C.UTF-8"]
            return [*options, "--lc-collate=C", f"--lc-ctype={ctype}"]
    raise RuntimeError(f"PostgreSQL needs one of these locales, and none is installed: {', '.join(CTYPES)}.")
