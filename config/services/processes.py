"""Start processes that never outlive the one that started them.

Standard library only: `bin/_setup.py` loads this file before anything is installed.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO, Any

PR_SET_PDEATHSIG = 1
ENDING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def spawn(
    args: Iterable[str],
    *,
    dies_by: signal.Signals = signal.SIGKILL,
    user: str | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | str | None = None,
    out: IO[bytes] | int | None = None,
    own_session: bool = True,
    reads_input: bool = False,
    errors_apart: bool = False,
    pass_fds: tuple[int, ...] = (),
) -> subprocess.Popen[bytes]:
    """Start a process that receives `dies_by` when this one ends in whatever way.

    Call it from the main thread: Linux ties the signal to the thread that forked. With `user` the
    process runs as that user. In a session of its own it does not see the terminal's Ctrl-C.
    """
    identity: dict[str, Any] = {}
    if user is not None:
        entry = pwd.getpwnam(user)
        identity = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    tie = tied_by_kernel(dies_by) if sys.platform == "linux" else tied_by_watchdog(dies_by)
    with undisturbed():
        return subprocess.Popen(
            list(args),
            stdin=None if reads_input else subprocess.DEVNULL,
            stdout=out,
            stderr=None if out is None or errors_apart else subprocess.STDOUT,
            env=dict(env) if env is not None else None,
            cwd=cwd,
            start_new_session=own_session,
            pass_fds=pass_fds,
            preexec_fn=tie,
            **identity,
        )


def run(args: Iterable[str], **options: Any) -> int:
    """Run a process to its end and return its exit code, 128 + n for signal n."""
    process = spawn(args, **options)
    try:
        return exit_code(process.wait())
    finally:
        stop(process, signal.SIGKILL)


def exit_code(returncode: int) -> int:
    """Give what a shell would report for a `Popen.returncode`."""
    return 128 - returncode if returncode < 0 else returncode


def stop(process: subprocess.Popen[bytes], by: signal.Signals, patience: float = 20) -> None:
    """End a process: politely, then after `patience` seconds by force."""
    if process.poll() is not None:
        return
    process.send_signal(by)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def is_alive(pid: int, needle: str = "") -> bool:
    """Tell whether a process runs whose command line contains `needle`; a zombie does not run."""
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes()
        return bool(line) and needle.encode() in line
    except OSError:
        if sys.platform == "linux":
            return False
    with suppress(OSError):
        os.kill(pid, 0)
        return True
    return False


def free_port(first: int = 0, count: int = 1) -> int:
    """Find a TCP port of 127.0.0.1 that nobody listens on: any, or the first from `first` upwards."""
    for port in range(first, first + count):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return int(probe.getsockname()[1])
    raise OSError(f"No free port from {first} to {first + count - 1}.")


_forking = False
_came: int | None = None


def end_on_signals() -> None:
    """Turn TERM, INT and HUP into an orderly exit with code 128 + n; later ones wait for its end."""
    for each in ENDING:
        signal.signal(each, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    global _came
    for each in ENDING:
        signal.signal(each, signal.SIG_IGN)
    if _forking:
        _came = number
        return
    sys.exit(128 + number)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep an ending signal until the block is over: what is raised inside a fork's own hooks, Python forgets."""
    global _forking
    _forking = True
    try:
        yield
    finally:
        _forking = False
        if _came is not None:
            sys.exit(128 + _came)


def tied_by_kernel(dies_by: signal.Signals) -> Callable[[], None]:
    """Give what a child calls after its fork to receive `dies_by` when this process ends (Linux)."""
    libc, parent = ctypes.CDLL(None), os.getpid()

    def tie() -> None:  # after the change of user, which would clear it, and before exec
        libc.prctl(PR_SET_PDEATHSIG, int(dies_by), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return tie


_lifeline: tuple[int, int] | None = None


def tied_by_watchdog(dies_by: signal.Signals) -> Callable[[], None]:
    """Do the same where the kernel does not (macOS): a forked watchdog waits for the launcher's end.

    The launcher holds the writing end of a pipe and never writes: the reader sees its end with any death.
    """
    global _lifeline
    _lifeline = _lifeline or os.pipe()
    reading, parent = _lifeline[0], os.getpid()

    def tie() -> None:
        child = os.getpid()
        if os.fork():
            if os.getppid() != parent:
                os._exit(1)
            return
        os.setsid()
        os.dup2(reading, 0)
        os.closerange(1, 4096)  # no lock, no pipe and no other lifeline may live on in here
        while os.getppid() == child:
            if select.select([0], [], [], 0.5)[0]:
                os.kill(child, dies_by)
                break
        os._exit(0)

    return tie


def wait_until_gone(pid: int, needle: str, patience: float) -> bool:
    """Wait for the end of a process that somebody else started; False when it is still there."""
    deadline = time.monotonic() + patience
    while is_alive(pid, needle):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
