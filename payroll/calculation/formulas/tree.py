"""The parts of a parsed formula; `at`–`end` is the place each was read from."""

from dataclasses import dataclass

from .kinds import Kind


@dataclass(frozen=True, slots=True)
class Number:
    """A written number as an exact fraction of units (yuan, days …)."""

    numerator: int
    denominator: int
    kind: Kind
    at: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A column: an item, a figure of the attendance, a fact of the placement."""

    name: str
    at: int
    end: int


@dataclass(frozen=True, slots=True)
class Negative:
    value: "Node"
    at: int
    end: int


@dataclass(frozen=True, slots=True)
class Not:
    value: "Node"
    at: int
    end: int


@dataclass(frozen=True, slots=True)
class Binary:
    """Two values and a sign between them: arithmetic, a comparison, `and` or `or`."""

    sign: str
    left: "Node"
    right: "Node"
    at: int
    end: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function: if, min, max, floor."""

    function: str
    values: "tuple[Node, ...]"
    at: int
    end: int


@dataclass(frozen=True, slots=True)
class Round:
    """An amount made whole by one of the modes of `agency.money.Rounding`."""

    value: "Node"
    mode: str
    at: int
    end: int


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a banded table gives for a value."""

    table: str
    value: "Node"
    at: int
    end: int


Node = Number | Name | Negative | Not | Binary | Call | Round | Lookup
