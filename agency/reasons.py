"""Sentences for people that can be stored, compared, and said later in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Reason:
    """Hold a message id and its values; `str()` says it in the active language.

    Background jobs find the problems and pages show them, often in another language and another process:
    that is why the sentence stays unspoken until someone reads it. Values may be reasons themselves.
    """

    msgid: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        sentence = gettext(self.msgid) if settings.configured else self.msgid
        return sentence % self.values if self.values else sentence

    def __hash__(self) -> int:
        return hash((self.msgid, tuple(sorted((name, str(value)) for name, value in self.values.items()))))

    def as_json(self) -> dict[str, Any]:
        """Return a JSON-ready form; `Reason.from_json` is the way back."""
        return {
            "msgid": self.msgid,
            "values": {
                name: value.as_json() if isinstance(value, Reason) else value for name, value in self.values.items()
            },
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Reason:
        return cls(
            data["msgid"],
            {
                name: cls.from_json(value) if isinstance(value, dict) else value
                for name, value in data["values"].items()
            },
        )


def _(msgid: str) -> str:
    """Mark a message for the catalogues; unlike Django's `gettext_noop` it needs no settings."""
    return msgid


def reason(msgid: str, /, **values: Any) -> Reason:
    """Make a reason; values that JSON does not know are kept as their text."""
    plain = (int, str, Reason)
    return Reason(msgid, {name: v if isinstance(v, plain) else str(v) for name, v in values.items()})
