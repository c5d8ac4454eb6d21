"""Run the benchmarks one after the other on an empty, migrated database of their own.

Each file prints lines of JSON on standard output: name, rate, unit, ratio, ratio_to.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from config.launch.environment import environment, migrate, say
from config.services.launcher import Services
from config.services.processes import end_on_signals, exit_code, spawn
from config.services.throwaway import folder

FIELDS = {"name", "rate", "unit", "ratio", "ratio_to"}
BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; return 1 when one fails or prints something else."""
    end_on_signals()
    files = sorted(file for file in BENCHMARKS.glob("*.py") if not file.stem.startswith("_"))
    chosen = [file for file in files if not names or file.stem in names]
    if unknown := set(names) - {file.stem for file in files}:
        known = ", ".join(file.stem for file in files)
        sys.exit(f"No such benchmark: {', '.join(sorted(unknown))}. There are: {known}")
    with folder() as base, Services(base) as services:
        env = environment(services, port=0) | {"PYTHONPATH": os.getcwd()}
        migrate(env)
        results = [measure(file, env) for file in chosen]
    return 0 if all(results) else 1


def measure(file: Path, env: dict[str, str]) -> bool:
    """Run one benchmark, pass its lines on, and tell whether it kept to the form."""
    say(f"{file.stem} …")
    process = spawn([sys.executable, str(file)], env=env, out=subprocess.PIPE, errors_apart=True)
    fine = True
    try:
        for line in process.stdout or ():
            fine &= is_result(line)
            sys.stdout.write(line.decode())
            sys.stdout.flush()
        code = exit_code(process.wait())
    finally:
        with suppress(ProcessLookupError):  # with all that the benchmark has started
            os.killpg(process.pid, signal.SIGKILL)
    return fine and code == 0


def is_result(line: bytes) -> bool:
    """Tell whether a line is a result with all its fields."""
    try:
        return set(json.loads(line)) >= FIELDS
    except (ValueError, TypeError):
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
