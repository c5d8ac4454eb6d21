"""A formula's text as tokens with their places; full-width signs read like their plain ones."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .errors import FormulaError

LONGEST = 500

_PLAIN = str.maketrans(
    {
        "（": "(", "）": ")", "，": ",", "、": ",", "＋": "+", "－": "-", "−": "-", "–": "-", "×": "*", "✕": "*",
        "＊": "*", "÷": "/", "／": "/", "＜": "<", "＞": ">", "＝": "=", "≤": "≤", "≥": "≥", "≠": "≠", "％": "%",
        "．": ".", "　": " ", "￥": "¥", **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
    }
)  # fmt: skip
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>¥?[0-9]+(?:\.[0-9]+)?(?:%|元)?)|(?P<name>[^\W\d]\w*)|(?P<sign><=|>=|==|!=|<>|[-+*/(),<>=≤≥≠])"
)
_SAME = {"==": "=", "<=": "≤", ">=": "≥", "!=": "≠", "<>": "≠"}
WORDS = {
    "如果": "if", "最小": "min", "最大": "max", "舍入": "round", "查表": "lookup", "取整": "floor",
    "且": "and", "并且": "and", "或": "or", "或者": "or", "非": "not",
}  # fmt: skip
FUNCTIONS = frozenset({"if", "min", "max", "round", "lookup", "floor"})
OPERATORS = frozenset({"and", "or", "not"})


class Is(StrEnum):
    NUMBER = "number"
    NAME = "name"
    FUNCTION = "function"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """Hold one token: `text` in its plain form, `at`–`end` where it stands."""

    sort: Is
    text: str
    at: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a formula and an end mark; raises `FormulaError` for a character it does not know."""
    if len(text) > LONGEST:
        raise FormulaError("too_long", LONGEST, len(text), limit=str(LONGEST))
    plain, at = text.translate(_PLAIN), 0
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match is None:
            raise FormulaError("unknown_character", at, character=text[at])
        if match.lastgroup != "space":
            yield _token(str(match.lastgroup), match[0], at, match.end())
        at = match.end()
    yield Token(Is.END, "", len(text), len(text) + 1)


def _token(sort: str, text: str, at: int, end: int) -> Token:
    if sort == "name":
        word = WORDS.get(text, text.lower() if text.lower() in FUNCTIONS | OPERATORS else text)
        if word in OPERATORS:
            return Token(Is.SIGN, word, at, end)
        return Token(Is.FUNCTION if word in FUNCTIONS else Is.NAME, word, at, end)
    return Token(Is(sort), _SAME.get(text, text), at, end)
