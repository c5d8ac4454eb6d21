"""A formula's text as a tree, by precedence climbing; whatever the text, it ends in a tree or a `FormulaError`."""

from dataclasses import dataclass

from agency.money import Rounding

from .errors import FormulaError
from .kinds import Kind
from .tokens import Is, Token, tokens
from .tree import Binary, Call, Lookup, Name, Negative, Node, Not, Number, Round

# A tree of so many parts can be walked by recursion, and no wage rule needs more.
MOST_PARTS = 150
DEEPEST = 30
MOST_DIGITS = 12
MOST_DECIMALS = 6

BINDS = {
    "or": 1, "and": 2, "=": 4, "≠": 4, "<": 4, ">": 4, "≤": 4, "≥": 4, "+": 5, "-": 5, "*": 6, "/": 6,
}  # fmt: skip
COMPARISONS = frozenset("=≠<>≤≥")
NOT_BINDS = 3
MODES = {
    "见分进角": Rounding.CARRY_FEN_TO_JIAO, "见角进元": Rounding.CARRY_JIAO_TO_YUAN,
    "进位到元": Rounding.UP_TO_YUAN, "进位偶数": Rounding.UP_TO_EVEN_YUAN, "舍去角": Rounding.DROP_JIAO,
    "舍去分": Rounding.DROP_FEN, "舍去厘": Rounding.DROP_LI, "四舍五入到分": Rounding.HALF_UP_FEN,
    "四舍五入到角": Rounding.HALF_UP_JIAO, "四舍五入到元": Rounding.HALF_UP_YUAN,
    "见厘进分": Rounding.CARRY_LI_TO_FEN, **{str(mode): mode for mode in Rounding},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Formula:
    """Hold a parsed formula: its text, its tree, and the names and tables it asks for."""

    text: str
    tree: Node
    names: frozenset[str]
    tables: frozenset[str]


def parse(text: str) -> Formula:
    """Read a formula. Raises `FormulaError`, and nothing else, for any text that is none."""
    reader = _Reader(text)
    tree = reader.whole()
    return Formula(text, tree, frozenset(reader.names), frozenset(reader.tables))


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens = list(tokens(text))
        self.position = 0
        self.parts = 0
        self.depth = 0
        self.names: set[str] = set()
        self.tables: set[str] = set()

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def whole(self) -> Node:
        if self.token.sort == Is.END:
            raise FormulaError("empty", 0)
        tree = self.expression(0)
        if self.token.sort != Is.END:
            code = "closed_too_often" if self.token.text == ")" else "operator_missing"
            raise FormulaError(code, self.token.at, self.token.end, found=self.token.text)
        return tree

    def expression(self, binding: int) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError("too_deep", self.token.at, self.token.end)
        left = self.operand()
        while (binds := BINDS.get(self.token.text, 0)) > binding and self.token.sort == Is.SIGN:
            sign = self.next()
            right = self.expression(binds)
            left = self.counted(Binary(sign.text, left, right, left.at, right.end))
            if sign.text in COMPARISONS and self.token.text in COMPARISONS and self.token.sort == Is.SIGN:
                raise FormulaError("chained_comparison", self.token.at, self.token.end)
        self.depth -= 1
        return left

    def operand(self) -> Node:
        token = self.next()
        if token.sort == Is.NUMBER:
            return self.counted(_number(token))
        if token.sort == Is.NAME:
            if self.token.text == "(":
                raise FormulaError("unknown_function", token.at, token.end, name=token.text)
            self.names.add(token.text)
            return self.counted(Name(token.text, token.at, token.end))
        if token.sort == Is.FUNCTION:
            return self.call(token)
        if token.text == "(":
            inner = self.expression(0)
            self.expect(")", token)
            return inner
        if token.text in ("-", "not"):
            value = self.expression(BINDS["*"] if token.text == "-" else NOT_BINDS)
            kind = Negative if token.text == "-" else Not
            return self.counted(kind(value, token.at, value.end))
        code = "ends_too_early" if token.sort == Is.END else "value_missing"
        raise FormulaError(code, token.at, token.end, found=token.text)

    def call(self, name: Token) -> Node:
        opened = self.expect("(", name)
        if name.text == "lookup":
            table = self.plain_name("table_name_missing")
            self.tables.add(table.text)
            self.expect(",", opened)
            value = self.expression(0)
            return self.counted(Lookup(table.text, value, name.at, self.expect(")", opened).end))
        values = [self.expression(0)]
        mode = Rounding.HALF_UP_FEN
        while self.token.text == ",":
            self.next()
            if name.text == "round":
                mode = _mode(self.plain_name("mode_missing"))
                break
            values.append(self.expression(0))
        end = self.expect(")", opened).end
        if name.text == "round":
            return self.counted(Round(values[0], mode, name.at, end))
        _check_count(name, len(values), end)
        return self.counted(Call(name.text, tuple(values), name.at, end))

    def plain_name(self, code: str) -> Token:
        token = self.next()
        if token.sort != Is.NAME:
            raise FormulaError(code, token.at, token.end)
        return token

    def expect(self, sign: str, opened: Token) -> Token:
        token = self.next()
        if token.sort == Is.SIGN and token.text == sign:
            return token
        if token.sort == Is.END and sign == ")":
            raise FormulaError("not_closed", opened.at, opened.end)
        raise FormulaError("expected", token.at, token.end, sign=sign, found=token.text)

    def next(self) -> Token:
        token = self.token
        if token.sort != Is.END:
            self.position += 1
        return token

    def counted(self, node: Node) -> Node:
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise FormulaError("too_many_parts", node.at, node.end, limit=str(MOST_PARTS))
        return node


def _check_count(name: Token, count: int, end: int) -> None:
    wanted = {"if": count == 3, "floor": count == 1}.get(name.text, count >= 2)
    if not wanted:
        raise FormulaError(f"{name.text}_count", name.at, end, count=str(count))


def _mode(token: Token) -> Rounding:
    if token.text not in MODES:
        raise FormulaError("unknown_mode", token.at, token.end, name=token.text)
    return MODES[token.text]


def _number(token: Token) -> Number:
    plain = token.text.removeprefix("¥").rstrip("%元")
    whole, _point, rest = plain.partition(".")
    if len(whole) > MOST_DIGITS or len(rest) > MOST_DECIMALS:
        raise FormulaError("number_too_long", token.at, token.end, digits=str(MOST_DIGITS), decimals=str(MOST_DECIMALS))
    percent = token.text.endswith("%")
    if percent and token.text.startswith("¥"):
        raise FormulaError("yuan_and_percent", token.at, token.end)
    yuan = token.text.endswith("元") or token.text.startswith("¥")
    kind = Kind.NUMBER if percent else Kind.AMOUNT if yuan else Kind.ANY
    denominator = 10 ** len(rest) * (100 if percent else 1)
    return Number(int(whole + rest), denominator, kind, token.at, token.end, token.text)
