"""The kind of a formula's value, or where it mixes what does not mix: amounts are added, never multiplied."""

from collections.abc import Mapping

from .errors import FormulaError
from .kinds import BandTable, Kind
from .parsing import COMPARISONS, Formula
from .tree import Binary, Call, Lookup, Name, Negative, Node, Not, Number, Round

_PRODUCTS = {
    (Kind.AMOUNT, Kind.NUMBER): Kind.AMOUNT,
    (Kind.NUMBER, Kind.AMOUNT): Kind.AMOUNT,
    (Kind.NUMBER, Kind.NUMBER): Kind.NUMBER,
}
_QUOTIENTS = {
    (Kind.AMOUNT, Kind.NUMBER): Kind.AMOUNT,
    (Kind.AMOUNT, Kind.AMOUNT): Kind.NUMBER,
    (Kind.NUMBER, Kind.NUMBER): Kind.NUMBER,
}


def kind_of(formula: Formula, names: Mapping[str, Kind], tables: Mapping[str, BandTable]) -> Kind:
    """Return the kind of a formula's value; raises `FormulaError` at the first part that cannot be.

    `names` maps what the formula may ask for to its kind.
    """
    return _Checker(names, tables).of(formula.tree)


class _Checker:
    def __init__(self, names: Mapping[str, Kind], tables: Mapping[str, BandTable]) -> None:
        self.names = names
        self.tables = tables

    def of(self, node: Node) -> Kind:
        match node:
            case Number():
                return node.kind
            case Name():
                return self.name(node)
            case Negative():
                return self.figure(node.value)
            case Not():
                return self.truth(node.value)
            case Binary():
                return self.binary(node)
            case Call():
                return self.call(node)
            case Round():
                return self.rounded(node)
            case Lookup():
                return self.lookup(node)

    def name(self, node: Name) -> Kind:
        if node.name not in self.names:
            raise FormulaError("unknown_name", node.at, node.end, name=node.name)
        return self.names[node.name]

    def figure(self, node: Node) -> Kind:
        kind = self.of(node)
        if kind == Kind.TRUTH:
            raise FormulaError("figure_wanted", node.at, node.end)
        return kind

    def truth(self, node: Node) -> Kind:
        if self.of(node) != Kind.TRUTH:
            raise FormulaError("truth_wanted", node.at, node.end)
        return Kind.TRUTH

    def binary(self, node: Binary) -> Kind:
        if node.sign in ("and", "or"):
            self.truth(node.left)
            return self.truth(node.right)
        left, right = self.figure(node.left), self.figure(node.right)
        if node.sign in COMPARISONS:
            _same(left, right, node)
            return Kind.TRUTH
        if node.sign in "+-":
            return _same(left, right, node)
        return _product(left, right, node)

    def call(self, node: Call) -> Kind:
        values = node.values
        if node.function == "floor":
            if self.figure(values[0]) == Kind.AMOUNT:
                raise FormulaError("floor_of_amount", values[0].at, values[0].end)
            return Kind.NUMBER
        if node.function == "if":
            self.truth(values[0])
            values = values[1:]
        kind = self.figure(values[0])
        for value in values[1:]:
            kind = _same(kind, self.figure(value), node)
        return kind

    def rounded(self, node: Round) -> Kind:
        if self.figure(node.value) == Kind.NUMBER:
            raise FormulaError("round_of_number", node.value.at, node.value.end)
        return Kind.AMOUNT

    def lookup(self, node: Lookup) -> Kind:
        table = self.tables.get(node.table)
        if table is None:
            raise FormulaError("unknown_table", node.at, node.end, name=node.table)
        if self.figure(node.value) not in (table.key, Kind.ANY):
            raise FormulaError("lookup_key", node.value.at, node.value.end, name=node.table)
        return table.result


def _same(left: Kind, right: Kind, node: Node) -> Kind:
    if left == Kind.ANY:
        return right
    if right not in (Kind.ANY, left):
        raise FormulaError("amount_and_number", node.at, node.end)
    return left


def _product(left: Kind, right: Kind, node: Binary) -> Kind:
    """A bare number beside an amount or a number is a plain factor."""
    if left == right == Kind.ANY:
        return Kind.ANY
    pair = (Kind.NUMBER if left == Kind.ANY else left, Kind.NUMBER if right == Kind.ANY else right)
    kinds = _PRODUCTS if node.sign == "*" else _QUOTIENTS
    if pair not in kinds:
        code = "amount_times_amount" if node.sign == "*" else "number_by_amount"
        raise FormulaError(code, node.at, node.end)
    return kinds[pair]
