"""The value of a formula for all rows at once; a row that cannot be computed gets an error and disturbs no other."""

from collections.abc import Mapping

import numpy as np

from agency.money import Rounding

from ..columns import RowError
from .kinds import BandTable
from .parsing import COMPARISONS
from .ratios import Ratio, chosen
from .tree import Binary, Call, Lookup, Name, Negative, Node, Not, Number, Round

_COMPARE = {
    "=": np.equal, "≠": np.not_equal, "<": np.less, ">": np.greater, "≤": np.less_equal, "≥": np.greater_equal,
}  # fmt: skip


class Evaluator:
    """Evaluate formulas that were checked, over columns of n rows by name and tables by name."""

    def __init__(self, n: int, columns: Mapping[str, Ratio], tables: Mapping[str, BandTable]) -> None:
        self.n = n
        self.columns = columns
        self.tables = tables

    def value(self, node: Node) -> Ratio:
        """Return an amount or number; a part that only an error-free branch avoids does no harm."""
        match node:
            case Number():
                return Ratio.constant(node.numerator, node.denominator)
            case Name():
                return self.columns[node.name]
            case Negative():
                return -self.value(node.value)
            case Binary():
                return self._arithmetic(node)
            case Call():
                return self._call(node)
            case Round():
                return self._rounded(node)
            case Lookup():
                return self._looked_up(self.tables[node.table], self.value(node.value))
        raise TypeError(f"{node} is no figure")

    def truth(self, node: Node) -> Ratio:
        """Return a condition as 0 and 1; what stands behind `and`/`or` counts only where it is asked."""
        match node:
            case Name():
                return self.columns[node.name]
            case Not():
                inner = self.truth(node.value)
                return Ratio(1 - inner.numerator, inner.denominator, inner.errors)
            case Binary() if node.sign in COMPARISONS:
                left, right = self.value(node.left), self.value(node.right)
                found = left.compared(right, _COMPARE[node.sign])
                return Ratio(found.astype(np.int64), np.array([1]), left.errors | right.errors)
            case Binary():
                left, right = self.truth(node.left), self.truth(node.right)
                settled = left.numerator == (0 if node.sign == "and" else 1)
                both = chosen(settled, left, right)
                return Ratio(both.numerator, both.denominator, both.errors | left.errors)
        raise TypeError(f"{node} is no condition")

    def _arithmetic(self, node: Binary) -> Ratio:
        left, right = self.value(node.left), self.value(node.right)
        match node.sign:
            case "+":
                return left + right
            case "-":
                return left + -right
            case "*":
                return left * right
            case _:
                return left.over(right, int(RowError.DIVIDED_BY_ZERO))

    def _call(self, node: Call) -> Ratio:
        if node.function == "if":
            return self._chosen(node)
        if node.function == "floor":
            return self.value(node.values[0]).floored()
        compare = np.less_equal if node.function == "min" else np.greater_equal
        best = self.value(node.values[0])
        for other in map(self.value, node.values[1:]):
            picked = chosen(best.compared(other, compare), best, other)
            best = Ratio(picked.numerator, picked.denominator, best.errors | other.errors)
        return best

    def _chosen(self, node: Call) -> Ratio:
        condition = self.truth(node.values[0])
        picked = chosen(condition.numerator == 1, self.value(node.values[1]), self.value(node.values[2]))
        return Ratio(picked.numerator, picked.denominator, picked.errors | condition.errors)

    def _rounded(self, node: Round) -> Ratio:
        inner = self.value(node.value)
        rows = max(inner.numerator.size, inner.denominator.size)
        return Ratio(inner.fen(rows, Rounding(node.mode)), np.array([100]), inner.errors)

    def _looked_up(self, table: BandTable, key: Ratio) -> Ratio:
        found = np.zeros(1, dtype=np.int64)
        for band in table.bands:
            start = Ratio.constant(band.from_stored, 100)
            found = found + key.compared(start, np.greater_equal)
        values = np.array([0, *(band.value for band in table.bands)], dtype=np.int64)
        errors = key.errors | np.where(found == 0, np.int64(RowError.BELOW_TABLE), np.int64(0))
        return Ratio(values[found], np.array([table.per_unit]), errors)
