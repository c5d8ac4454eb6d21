"""Start the launcher as a person would, look for what it leaves behind, and end it in hard ways."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 10


def environment(var: Path) -> dict[str, str]:
    """The environment of a start with `var` as its folder, without what bin/test itself handed down."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "REDIS_"))}
    return inherited | {"ZHUDIAN_VAR": str(var), "PYTHONPATH": str(ROOT)}


def launch(var: Path, *command: str, **options) -> subprocess.Popen[str]:
    args = [sys.executable, "-m", "config.services", "--loose", *command]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL} | options
    return subprocess.Popen(args, cwd=ROOT, env=environment(var), text=True, **pipes)


def ask(var: Path, script: str) -> str:
    """Run a shell script with the servers up and give what it prints."""
    process = launch(var, "bash", "-c", script)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    return output.strip()


@contextmanager
def running(var: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Keep the servers up for the block; gives the launcher and the database's address."""
    process = launch(var, "bash", "-c", "echo $DATABASE_URL; exec sleep 60")
    try:
        assert process.stdout
        yield process, process.stdout.readline().strip()
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def left_behind(marks: str | Path) -> list[str]:
    """The command lines of live processes that name `marks` there or in their environment."""
    lines = []
    for process in psutil.process_iter(["pid", "cmdline", "environ", "status"]):
        line = " ".join(process.info["cmdline"] or [])
        surroundings = (process.info["environ"] or {}).values()
        if process.info["status"] != psutil.STATUS_ZOMBIE and (str(marks) in line or str(marks) in surroundings):
            lines.append(line)
    return lines


def all_gone(marks: str | Path) -> bool:
    """Wait until nothing is left behind."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while left_behind(marks):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
