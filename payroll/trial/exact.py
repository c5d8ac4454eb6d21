"""JSON with its numbers kept as they were written, so that an amount never passes through a float."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from .faults import TrialFault

DEPTH_LIMIT = 20
CONSTANTS = {"NaN", "Infinity", "-Infinity"}
# Longer numbers are no amounts, and many programs refuse to read them back.
LONGEST_NUMBER = 100


class Number(str):
    """A JSON number by its text: "52.50", "1e400"; also NaN and the infinities, which JSON does not have."""


class Twice(dict[str, Any]):
    """A JSON object in which `names` stood more than once; it holds the last value of each."""

    names: tuple[str, ...] = ()


def read(data: bytes | str) -> Any:
    """Parse JSON; numbers become `Number`, objects with a repeated field `Twice`.

    Raises `TrialFault` for what is no JSON at all.
    """
    mend = _("Send a JSON list of cases, such as [{…}, {…}].")
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        return json.loads(text, parse_float=Number, parse_int=Number, parse_constant=Number, object_pairs_hook=_pairs)
    except UnicodeDecodeError:
        raise TrialFault("", _("The text is not UTF-8."), _("Save it as UTF-8.")) from None
    except RecursionError:
        raise TrialFault("", _("The JSON is nested too deeply."), mend) from None
    except ValueError as error:
        place = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        what = _("This is no JSON: it breaks off at line %d, column %d.") % place
        raise TrialFault("", what, mend) from None


def is_deep(value: Any) -> bool:
    """Return whether a value is nested beyond `DEPTH_LIMIT`; no case is."""
    level = [value]
    for _depth in range(DEPTH_LIMIT):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def number(fen: int) -> Number:
    """Write fen as yuan, as short as it is: 5250 → 52.5."""
    whole, rest = divmod(abs(fen), 100)
    decimals = f".{rest:02d}".rstrip("0") if rest else ""
    return Number(f"{'-' if fen < 0 else ''}{whole}{decimals}")


def write(value: Any, indent: str = "") -> str:
    """Write JSON; a `Number` stands as it was read, one that JSON or its readers do not have as a text."""
    inner = indent + " "
    if isinstance(value, dict):
        parts = [f"{inner}{_text(str(name))}: {write(item, inner)}" for name, item in value.items()]
        return _block("{", parts, "}", indent)
    if isinstance(value, list):
        return _block("[", [inner + write(item, inner) for item in value], "]", indent)
    if isinstance(value, Number) and value not in CONSTANTS and len(value) <= LONGEST_NUMBER:
        return str(value)
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    names = [name for name, _value in pairs]
    twice = Twice(found)
    twice.names = tuple(sorted({name for name in names if names.count(name) > 1}))
    return twice


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _text(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair: JSON can say it, UTF-8 cannot
        return json.dumps(str(text))
    return json.dumps(str(text), ensure_ascii=False)


def _block(start: str, parts: list[str], end: str, indent: str) -> str:
    return f"{start}\n{(',' + chr(10)).join(parts)}\n{indent}{end}" if parts else start + end
