"""Run the embedded Valkey, which speaks Redis."""

from __future__ import annotations

import signal
import socket
import subprocess
from contextlib import suppress

from config.services.binaries import Binaries
from config.services.place import Place
from config.services.postgres import CLEAN
from config.services.processes import spawn, wait_until_gone

STOP = signal.SIGTERM


class Valkey:
    """One server of one place."""

    def __init__(self, place: Place, binaries: Binaries, password: str, loose: bool) -> None:
        self.place, self.binaries, self.password, self.loose = place, binaries, password, loose
        self.port = 0

    def start(self, port: int) -> subprocess.Popen[bytes]:
        """Start the server on `port`; what it knows is kept on disk unless it is loose."""
        self.port = port
        data = self.place.folder("valkey")
        pid_file, settings = data / "valkey.pid", data / "valkey.conf"
        with suppress(OSError, ValueError):
            wait_until_gone(int(pid_file.read_text()), "valkey-server", patience=10)
        settings.touch(0o600)
        settings.write_text(f"requirepass {self.password}\n")
        self.place.give(settings)
        args = [str(self.binaries.valkey), str(settings), "--port", str(port), "--bind", "127.0.0.1"]
        args += ["--dir", str(data), "--pidfile", str(pid_file), "--save", ""]
        args += ["--appendonly", "no" if self.loose else "yes"]
        with open(self.place.home / "valkey.log", "ab") as log:
            return spawn(args, dies_by=STOP, user=self.place.user, env=CLEAN, cwd="/", out=log)

    def is_ready(self) -> bool:
        """Tell whether the server answers."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
            connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
            with connection.makefile("rb") as answer:
                return answer.readline() == b"+OK\r\n" and answer.readline() == b"+PONG\r\n"
        return False

    def url(self) -> str:
        """Give the address a client connects to."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"
