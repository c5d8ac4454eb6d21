"""Make the secrets of one installation once and keep them readable by their owner only."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

SERVERS = ("POSTGRES_PASSWORD", "OWNER_PASSWORD", "APP_PASSWORD", "REDIS_PASSWORD")


def kept_in(file: Path) -> dict[str, str]:
    """Read the secrets from `file`; make it, with mode 0600, where it is missing."""
    if not file.exists():
        _write(file, {**{name: secrets.token_urlsafe(24) for name in SERVERS}, **_application()})
    lines = file.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def of_application(secrets_: dict[str, str]) -> dict[str, str]:
    """Leave out the servers' passwords, which reach Django inside addresses only."""
    return {name: value for name, value in secrets_.items() if name not in SERVERS}


def _application() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "FIELD_ENCRYPTION_KEYS": f"k1:{_key()}",
        "BLIND_INDEX_KEY": _key(),
    }


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _write(file: Path, values: dict[str, str]) -> None:
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write("# Made on first start. Without this file encrypted fields cannot be read again.\n")
        out.writelines(f"{name}={value}\n" for name, value in values.items())
    fresh.replace(file)
