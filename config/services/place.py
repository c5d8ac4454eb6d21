"""Choose where the servers keep their data and as whom they run."""

from __future__ import annotations

import hashlib
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from config.services.binaries import Binaries, copied_to, find, reachable_by_all


@dataclass(frozen=True)
class Place:
    """A base folder of the project (var/), the servers' home, and the servers' user.

    Both folders are one and the same unless root starts the servers below a folder closed to others.
    """

    base: Path
    home: Path
    user: str | None

    @classmethod
    def at(cls, base: Path) -> Place:
        """Prepare `base`; PostgreSQL refuses uid 0, so root's servers run as nobody where nobody can go."""
        base = base.resolve()
        base.mkdir(parents=True, exist_ok=True)
        if os.geteuid() != 0:
            return cls(base, base, None)
        if reachable_by_all(base / "pg"):
            return cls(base, base, "nobody")
        home = Path("/var/tmp") / f"zhudian-{hashlib.sha256(str(base).encode()).hexdigest()[:12]}"
        home.mkdir(exist_ok=True, mode=0o755)
        if home.is_symlink() or home.stat().st_uid != 0:
            raise PermissionError(f"{home} belongs to somebody else; remove it and start again.")
        home.chmod(0o755)
        return cls(base, home, "nobody")

    def binaries(self) -> Binaries:
        """Give programs that the servers' user can execute. Call it under the lock."""
        found = find()
        if self.user and not (reachable_by_all(Path(found.pg("x"))) and reachable_by_all(found.valkey)):
            return copied_to(self.home, found)
        return found

    def folder(self, name: str) -> Path:
        """Make a folder of the servers' user, closed to everybody else."""
        path = self.home / name
        path.mkdir(exist_ok=True, mode=0o700)
        self.give(path)
        return path

    def give(self, path: Path | int) -> None:
        """Hand a file, a folder or an open descriptor over to the servers' user."""
        if self.user:
            entry = pwd.getpwnam(self.user)
            os.chown(path, entry.pw_uid, entry.pw_gid)
