"""Read the fields of policy data, each error naming the place."""

from collections.abc import Iterator
from datetime import date

from agency.money import MILLION

from .validity import PolicyError

_REQUIRED = object()


class Node:
    """Hold a JSON object and the place it stands at: `beijing.json rules[3] employer`."""

    def __init__(self, data: object, where: str):
        if not isinstance(data, dict):
            raise PolicyError(where, f"must be an object, not {type(data).__name__}")
        self.data = data
        self.where = where

    def only(self, *names: str) -> None:
        """Refuse fields that are not named: a mistyped name must not pass as a missing one."""
        unknown = sorted(set(self.data) - set(names))
        if unknown:
            raise PolicyError(self.where, f"unknown field {', '.join(unknown)}")

    def read(self, name: str, kind: type | tuple[type, ...], default: object = _REQUIRED):
        value = self.data.get(name, default)
        if value is _REQUIRED:
            raise PolicyError(self.where, f"{name} is missing")
        if name not in self.data:
            return value
        kinds = kind if isinstance(kind, tuple) else (kind,)
        # A bool is an int in Python, and never a figure here.
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            wanted = " or ".join("null" if k is type(None) else k.__name__ for k in kinds)
            raise PolicyError(self.where, f"{name} must be {wanted}, not {value!r}")
        return value

    def amount(self, name: str, default: object = _REQUIRED) -> int:
        """Read whole fen ≥ 0."""
        return self._at_least_zero(name, self.read(name, int, default))

    def limit(self, name: str) -> int | None:
        """Read whole fen ≥ 0, or null for no limit."""
        return self._at_least_zero(name, self.read(name, (int, type(None))))

    def rate(self, name: str) -> int:
        """Read a rate in whole millionths, 0 to 1,000,000."""
        value = self._at_least_zero(name, self.read(name, int))
        if value > MILLION:
            raise PolicyError(self.where, f"{name} is {value} millionths, more than 100 %")
        return value

    def day(self, name: str, default: object = _REQUIRED) -> date | None:
        """Read a date like 2026-07-01, or null."""
        text = self.read(name, (str, type(None)), default)
        try:
            return None if text is None else date.fromisoformat(text)
        except ValueError:
            raise PolicyError(self.where, f"{name} must be a date like 2026-07-01, not {text!r}") from None

    def child(self, name: str) -> "Node":
        return Node(self.read(name, dict), f"{self.where} {name}")

    def children(self, name: str) -> Iterator["Node"]:
        for number, item in enumerate(self.read(name, list)):
            yield Node(item, f"{self.where} {name}[{number}]")

    def _at_least_zero(self, name: str, value):
        if value is not None and value < 0:
            raise PolicyError(self.where, f"{name} must not be negative, not {value}")
        return value
