"""Run a few long-lived processes side by side; when one ends, all end."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from config.services.processes import exit_code, spawn, stop

GRACE_SECONDS = 10
TAIL_LINES = 20


@dataclass(frozen=True)
class Program:
    """A process by name: what to run, and which signal ends it in order."""

    name: str
    args: tuple[str, ...]
    end_by: signal.Signals = signal.SIGTERM


class Supervisor:
    """Keeps programs running for the duration of a `with` block.

    Each writes to `logs`/name.log, or to this process's standard error where `logs` is None.
    """

    def __init__(self, env: Mapping[str, str], logs: Path | None) -> None:
        self.env, self.logs = env, logs
        self.running: dict[Program, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self, *programs: Program) -> None:
        """Start programs; the kernel ends them should this process be killed."""
        for program in programs:
            if self.logs is None:
                out = sys.stderr.fileno()
                self.running[program] = spawn(program.args, env=self.env, out=out)
                continue
            self.logs.mkdir(parents=True, exist_ok=True)
            with open(self._log(program), "wb") as log:
                self.running[program] = spawn(program.args, env=self.env, out=log)

    def stop(self) -> None:
        """Ask all to end, then wait for each."""
        for program, process in self.running.items():
            if process.poll() is None:
                process.send_signal(program.end_by)
        deadline = time.monotonic() + GRACE_SECONDS
        for program, process in self.running.items():
            stop(process, program.end_by, max(0.1, deadline - time.monotonic()))
        self.running.clear()

    def obituary(self) -> str | None:
        """Say which program has ended, and its last words; None while all run."""
        for program, process in self.running.items():
            if process.poll() is not None:
                code = exit_code(process.returncode)
                return f"{program.name} has ended with code {code}.\n{self._last_words(program)}".rstrip()
        return None

    def _log(self, program: Program) -> Path:
        assert self.logs is not None
        return self.logs / f"{program.name}.log"

    def _last_words(self, program: Program) -> str:
        if self.logs is None:
            return ""
        lines = self._log(program).read_text(errors="replace").splitlines()
        return "\n".join([f"The end of {self._log(program)}:", *lines[-TAIL_LINES:]])
