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
import sysconfig
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed.sha256"
UNFINISHED = VAR / "environment.unfinished"
UV = VAR / "uv" / "bin" / "uv"
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
FROM_PIP = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}
NO_PIP = (
    "This Python has neither pip nor the means to get it (ensurepip), and there is no uv to do without. "
    "On Debian or Ubuntu: sudo apt-get install python3-venv"
)


def main(command: list[str]) -> None:
    """Prepare everything, then replace this process by `command`."""
    VAR.mkdir(exist_ok=True)
    if not is_installed() or stale_catalogues():
        with open(VAR / "setup.lock", "w") as lock:
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
    """Bring .venv to exactly what requirements.lock says, each file checked by its hash.

    Everything runs in direct children, which end with this process: `python -m venv` and `pip --python` would start
    others that go on writing into .venv after a kill.
    """
    say("Setting up: installing Python packages into .venv (first start about a minute) …")
    uv = find_uv()
    settings = settings_of_pip()
    if UNFINISHED.exists() or not works(PYTHON):
        UNFINISHED.touch()
        shutil.rmtree(VENV, ignore_errors=True)
        call([uv, "venv", "--quiet", "--no-project", "--python", sys.executable, str(VENV)], settings)
    UNFINISHED.touch()
    sync = [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON), str(LOCK)]
    call(sync, settings)
    shutil.copy2(uv, VENV / "bin" / "uv")  # for bin/lock; var/ may be removed at any time
    STAMP.write_text(fingerprint())
    UNFINISHED.unlink()
    say("Setting up: packages are in place.")


def find_uv() -> str:
    """Get uv, which fills an environment in seconds: by pip into var/, else the one on the path."""
    if works(UV, "--version"):
        return str(UV)
    if not has_pip():
        if uv := shutil.which("uv"):
            return uv
        install_pip()
    shutil.rmtree(VAR / "uv", ignore_errors=True)
    call(
        [*PIP, "install", "--quiet", "--target", str(VAR / "uv"), "uv"],
        path_of_pip() | {"PIP_ROOT_USER_ACTION": "ignore"},
    )
    return str(UV)


def has_pip() -> bool:
    """Tell whether this Python can run a pip, its own or the one that lies packed beside it."""
    return importlib.util.find_spec("pip") is not None or bool(path_of_pip())


def path_of_pip() -> dict[str, str]:
    """Give what makes `python -m pip` run the wheel that ensurepip brings, where pip itself is not installed."""
    ensurepip = importlib.util.find_spec("ensurepip")
    if importlib.util.find_spec("pip") or not ensurepip or not ensurepip.origin:
        return {}
    places = [Path(ensurepip.origin).parent / "_bundled", Path(sysconfig.get_config_var("WHEEL_PKG_DIR") or "/none")]
    wheels = [wheel for place in places for wheel in place.glob("pip-*.whl")]
    return {"PYTHONPATH": str(wheels[0])} if wheels else {}


def install_pip() -> None:
    """Let Debian install what its Python lacks, where that is ours to do."""
    if os.geteuid() or not shutil.which("apt-get"):
        sys.exit(NO_PIP)
    say("Setting up: this Python lacks ensurepip; installing Debian's python3-venv …")
    call(["apt-get", "update", "-qq"])
    call(["apt-get", "install", "-y", "-qq", "python3-venv"])
    importlib.invalidate_caches()


def settings_of_pip() -> dict[str, str]:
    """Let uv use the package index and the certificates that this machine's pip is set to: uv does not read them."""
    ask = subprocess.run(
        [*PIP, "config", "list"], env=os.environ | path_of_pip(), capture_output=True, text=True, check=False
    )
    settings = {}
    for line in ask.stdout.splitlines():
        name, _, value = line.partition("=")
        variable = FROM_PIP.get(name.rpartition(".")[2])
        if variable and variable not in os.environ:
            settings[variable] = value.strip("'\"")
    return settings


def works(program: Path, *args: str) -> bool:
    """Tell whether a program starts."""
    try:
        return subprocess.run([str(program), *(args or ["-c", ""])], capture_output=True, check=False).returncode == 0
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
    # What a benchmark or a command writes on standard output is its own.
    told = sys.stderr.fileno()
    code = processes().run(command, env={**os.environ, **(extra or {})}, cwd=ROOT, own_session=False, out=told)
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
