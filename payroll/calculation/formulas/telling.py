"""A formula with one row's numbers in it, as a payslip shows it: only the branch that was taken."""

from fractions import Fraction

from agency.money import MINUS

from .evaluating import Evaluator
from .parsing import BINDS, Formula
from .tree import Binary, Call, Lookup, Name, Negative, Node, Not, Number, Round

_SIGNS = {"*": "×", "/": "÷", "-": MINUS}


def told(formula: Formula, evaluator: Evaluator) -> str:
    """Write a formula with the numbers of an evaluator's only row: "3,600 ÷ 21.75 × 6".

    The same in every language but for the signs of conditions, which are left out with the branches not taken.
    """
    return _Teller(evaluator).of(formula.tree, 0)


def short(value: Fraction) -> str:
    """Write a fraction with at most six decimals, cut: 3600 → "3,600", 2175/100 → "21.75"."""
    sign = MINUS if value < 0 else ""
    millionths = abs(value).numerator * 10**6 // abs(value).denominator
    whole, rest = divmod(millionths, 10**6)
    decimals = f"{rest:06d}".rstrip("0")
    return f"{sign}{whole:,}" + (f".{decimals}" if decimals else "")


class _Teller:
    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator = evaluator

    def of(self, node: Node, binding: int) -> str:
        match node:
            case Number():
                return node.text.removeprefix("¥").removesuffix("元")
            case Name() | Lookup():
                return self.number(node)
            case Negative():
                return MINUS + self.of(node.value, BINDS["*"])
            case Round():
                return self.of(node.value, binding)
            case Binary():
                return self.binary(node, binding)
            case Call():
                return self.call(node, binding)
            case Not():
                return ""

    def number(self, node: Node) -> str:
        value = self.evaluator.value(node)
        return short(Fraction(int(value.numerator[0]), int(value.denominator[0])))

    def binary(self, node: Binary, binding: int) -> str:
        binds = BINDS[node.sign]
        text = f"{self.of(node.left, binds - 1)} {_SIGNS.get(node.sign, node.sign)} {self.of(node.right, binds)}"
        return f"({text})" if binds <= binding else text

    def call(self, node: Call, binding: int) -> str:
        if node.function == "if":
            taken = self.evaluator.truth(node.values[0]).numerator[0] == 1
            return self.of(node.values[1 if taken else 2], binding)
        return f"{node.function}({', '.join(self.of(value, 0) for value in node.values)})"
