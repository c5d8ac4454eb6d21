"""Columns that take one of a few words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from agency.reasons import Reason, _, reason

from ..cells import Cell, shown
from .base import BadCell, Kind, narrow


@dataclass(frozen=True)
class Choice(Kind):
    """Read a word; `options` maps our value to the words for it, the first of which the template offers."""

    options: dict[Any, tuple[str, ...]] = field(default_factory=dict)
    _by_word: dict[str, Any] = field(init=False, repr=False, compare=False)

    number_format: ClassVar[str] = "@"
    nothing: ClassVar[frozenset[str]] = frozenset()

    def __post_init__(self) -> None:
        words = {narrow(word).lower(): value for value, spelt in self.options.items() for word in spelt}
        object.__setattr__(self, "_by_word", words)

    def __hash__(self) -> int:
        return id(self)

    def read(self, value: Cell) -> Any:
        text = narrow(value if isinstance(value, str) else shown(value)).replace(" ", "")
        try:
            return self._by_word[text.lower()]
        except KeyError:
            raise BadCell(
                reason(
                    _("“%(value)s” is not one of the choices. Write %(choices)s."),
                    value=text,
                    choices=" / ".join(self.choices()),
                )
            ) from None

    def hint(self) -> Reason:
        return reason(_("One of: %(choices)s."), choices=" / ".join(self.choices()))

    def choices(self) -> tuple[str, ...]:
        return tuple(words[0] for words in self.options.values())


def YesNo() -> Choice:
    """Return the choice between yes and no."""
    return Choice(
        {
            True: ("是", "有", "已确认", "确认", "Y", "Yes", "TRUE", "1", "√", "✓", "对"),
            False: ("否", "无", "没有", "未确认", "不", "N", "No", "FALSE", "0", "×", "x", "-"),
        }
    )
