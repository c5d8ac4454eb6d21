"""Make .venv match requirements.lock, compile the texts, and become the command that was asked for.

Standard library only. Safe to run twice at once (a lock) and after having been killed anywhere: a
half-filled environment is made anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed.sha256"
UNFINISHED = VENV / "unfinished"
NO_PIP = (
    "This Python can make no virtual environment with pip in it (ensurepip is missing), and there is "
    "neither pip nor uv to help out. On Debian or Ubuntu: sudo apt-get install python3-venv"
)


def main(command: list[str]) -> None:
    """Prepare everything, then replace this process by `command`."""
    (ROOT / "var").mkdir(exist_ok=True)
    if not is_installed() or stale_catalogues():
        with open(ROOT / "var" / "setup.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not is_installed():
                install()
            if stale := stale_catalogues():
                compile_catalogues(len(stale))
    os.environ["VIRTUAL_ENV"] = str(VENV)
    os.environ["PATH"] = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    os.execvp(command[0], command)


def is_installed() -> bool:
    """Tell whether .venv holds what the lock file asks for; a linked one is somebody else's to keep."""
    return VENV.is_symlink() or (STAMP.exists() and STAMP.read_text() == fingerprint())


def fingerprint() -> str:
    """Give what the environment depends on: the lock file, and where the environment lies."""
    return hashlib.sha256(LOCK.read_bytes() + str(VENV).encode()).hexdigest()


def install() -> None:
    """Bring .venv to exactly what requirements.lock says, each file checked by its hash."""
    say("Setting up: installing Python packages into .venv (first start about a minute) …")
    if UNFINISHED.exists() or not works(PYTHON):
        shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir(exist_ok=True)
    UNFINISHED.touch()
    if not works(PYTHON):
        make_environment()
    if not (VENV / "bin" / "uv").exists():
        install_uv()
    uv = [str(VENV / "bin" / "uv"), "pip", "sync", "--quiet", "--require-hashes", str(LOCK)]
    call([*uv, "--python", str(PYTHON)], index_of_pip())
    STAMP.write_text(fingerprint())
    UNFINISHED.unlink()
    say("Setting up: packages are in place.")


def make_environment() -> None:
    """Make an environment with pip, or one without where this Python cannot, after trying to mend that."""
    bare = importlib.util.find_spec("ensurepip") is None
    if bare and not helper():
        if os.geteuid() or not shutil.which("apt-get"):
            sys.exit(NO_PIP)
        say("Setting up: this Python lacks ensurepip; installing Debian's python3-venv …")
        call(["apt-get", "update", "-qq"])
        call(["apt-get", "install", "-y", "-qq", "python3-venv"])
        bare = False
    call([sys.executable, "-m", "venv", *(["--without-pip"] if bare else []), str(VENV)])


def helper() -> list[str]:
    """Give a command outside .venv that installs into it, or nothing."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "--quiet"]
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    return []


def install_uv() -> None:
    """Install uv, which fills the environment in seconds."""
    own_pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    has_pip = subprocess.run([str(PYTHON), "-c", "import pip"], capture_output=True, check=False).returncode == 0
    call([*(own_pip if has_pip else helper()), "uv"])


def index_of_pip() -> dict[str, str]:
    """Let uv use the package index that this machine's pip is set to: uv does not read pip's settings."""
    if os.environ.keys() & {"UV_DEFAULT_INDEX", "UV_INDEX_URL"}:
        return {}
    ask = [str(PYTHON), "-m", "pip", "config", "get", "global.index-url"]
    answer = subprocess.run(ask, capture_output=True, text=True, check=False).stdout.strip()
    index = os.environ.get("PIP_INDEX_URL") or answer
    return {"UV_DEFAULT_INDEX": index} if index else {}


def works(python: Path, code: str = "") -> bool:
    """Tell whether an interpreter starts and runs `code`."""
    try:
        return subprocess.run([str(python), "-c", code], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def stale_catalogues() -> list[Path]:
    """List the message catalogues that are newer than their compiled form."""
    if not (ROOT / "manage.py").exists():
        return []
    catalogues = [*ROOT.glob("[a-z]*/locale/*/*/django.po"), *ROOT.glob("[a-z]*/*/locale/*/*/django.po")]
    return [each for each in catalogues if modified(each) > modified(each.with_suffix(".mo"))]


def modified(file: Path) -> float:
    """Give a file's time of change, 0 when there is none."""
    return file.stat().st_mtime if file.exists() else 0


def compile_catalogues(count: int) -> None:
    """Compile the message catalogues; the settings want an address and do not use it here."""
    say(f"Setting up: compiling {count} message catalogues …")
    settings = {
        "SECRET_KEY": "unused",
        "DATABASE_URL": "postgres://localhost/unused",
        "REDIS_URL": "redis://",
        "FIELD_ENCRYPTION_KEYS": "unused:",
        "BLIND_INDEX_KEY": "unused",
    }
    call([str(PYTHON), "manage.py", "compile_catalogues"], settings)


def call(command: list[str], extra: dict[str, str] | None = None) -> None:
    """Run a command that ends with this process, whatever ends it; give up when it fails."""
    code = processes().run(command, env={**os.environ, **(extra or {})}, cwd=ROOT, own_session=False)
    if code:
        sys.exit(f"This failed with code {code}: {' '.join(command)}")


def processes() -> ModuleType:
    """Load config/services/processes.py by itself: its packages need what is not installed yet."""
    spec = importlib.util.spec_from_file_location("processes", ROOT / "config" / "services" / "processes.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def say(sentence: str) -> None:
    """Tell the person at the terminal what takes time."""
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    main(sys.argv[1:])
