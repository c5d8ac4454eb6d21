"""Formulas written by chance, each with a slow evaluator of its own: one row, Python's fractions, laws not columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from agency.money import Rounding, round_fen
from payroll.calculation.formulas import BandTable, Kind
from payroll.calculation.formulas.kinds import Band

KINDS = {"月薪": Kind.AMOUNT, "补贴": Kind.AMOUNT, "天数": Kind.NUMBER, "件数": Kind.NUMBER, "整月": Kind.TRUTH}
TABLE = BandTable("工龄表", Kind.NUMBER, Kind.AMOUNT, (Band(0, 50_00), Band(12_00, 100_00), Band(36_00, 200_00)))
MODES = {"四舍五入到元": Rounding.HALF_UP_YUAN, "见角进元": Rounding.CARRY_JIAO_TO_YUAN, "舍去厘": Rounding.DROP_LI}

Row = Mapping[str, int]


class Impossible(Exception):
    """The row has no value: a division by zero, or below the table."""


@dataclass(frozen=True)
class Written:
    """A formula's text and what it is worth in a row of stored whole numbers."""

    text: str
    of: Callable[[Row], Fraction]


def _name(name: str) -> Written:
    return Written(name, lambda row: Fraction(row[name], 100))


def _binary(sign: str, left: Written, right: Written) -> Written:
    def of(row: Row) -> Fraction:
        one, other = left.of(row), right.of(row)
        if sign == "÷" and not other:
            raise Impossible
        return {"+": one + other, "-": one - other, "×": one * other, "÷": one / other if other else one}[sign]

    return Written(f"({left.text} {sign} {right.text})", of)


def _least(name: str, left: Written, right: Written) -> Written:
    pick = min if name == "min" else max
    return Written(f"{name}({left.text}, {right.text})", lambda row: pick(left.of(row), right.of(row)))


def _if(condition: Written, yes: Written, no: Written) -> Written:
    return Written(
        f"如果（{condition.text}，{yes.text}，{no.text}）",
        lambda row: yes.of(row) if condition.of(row) else no.of(row),
    )


def _rounded(mode: str, inner: Written) -> Written:
    def of(row: Row) -> Fraction:
        fen = inner.of(row) * 100
        return Fraction(round_fen(fen.numerator, fen.denominator, MODES[mode]), 100)

    return Written(f"舍入({inner.text}, {mode})", of)


def _looked_up(inner: Written) -> Written:
    def of(row: Row) -> Fraction:
        key = inner.of(row)
        found = [band.value for band in TABLE.bands if key >= Fraction(band.from_stored, 100)]
        if not found:
            raise Impossible
        return Fraction(found[-1], 100)

    return Written(f"查表(工龄表, {inner.text})", of)


def _condition(sign: str, left: Written, right: Written) -> Written:
    compare = {"<": lambda a, b: a < b, "≥": lambda a, b: a >= b, "=": lambda a, b: a == b}[sign]
    return Written(f"{left.text} {sign} {right.text}", lambda row: Fraction(compare(left.of(row), right.of(row))))


def _both(word: str, left: Written, right: Written) -> Written:
    def of(row: Row) -> Fraction:
        first = left.of(row)
        return right.of(row) if bool(first) == (word == "且") else first

    return Written(f"({left.text} {word} {right.text})", of)


NUMBERS = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["天数", "件数"]).map(_name),
        st.integers(0, 99_999).map(lambda n: Written(f"{n / 100:.2f}", lambda row, n=n: Fraction(n, 100))),
        st.integers(0, 300).map(lambda n: Written(f"{n}%", lambda row, n=n: Fraction(n, 100))),
        st.builds(_binary, st.sampled_from("+-×÷"), NUMBERS, NUMBERS),
        st.builds(_least, st.sampled_from(["min", "max"]), NUMBERS, NUMBERS),
        st.builds(_binary, st.just("÷"), AMOUNTS, AMOUNTS),
    )
)
AMOUNTS = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["月薪", "补贴"]).map(_name),
        st.integers(0, 9_999_99).map(
            lambda n: Written(f"{n // 100}.{n % 100:02d}元", lambda row, n=n: Fraction(n, 100))
        ),
        st.builds(_binary, st.sampled_from("+-"), AMOUNTS, AMOUNTS),
        st.builds(_binary, st.sampled_from("×÷"), AMOUNTS, NUMBERS),
        st.builds(_least, st.sampled_from(["min", "max"]), AMOUNTS, AMOUNTS),
        st.builds(_if, TRUTHS, AMOUNTS, AMOUNTS),
        st.builds(_rounded, st.sampled_from(sorted(MODES)), AMOUNTS),
        NUMBERS.map(_looked_up),
    )
)
TRUTHS = st.deferred(
    lambda: st.one_of(
        st.just(Written("整月", lambda row: Fraction(row["整月"]))),
        st.builds(_condition, st.sampled_from("<≥="), NUMBERS, NUMBERS),
        st.builds(_condition, st.sampled_from("<≥="), AMOUNTS, AMOUNTS),
        st.builds(_both, st.sampled_from(["且", "或"]), TRUTHS, TRUTHS),
    )
)
ROWS = st.fixed_dictionaries(
    {
        "月薪": st.integers(0, 10**10),
        "补贴": st.integers(-(10**7), 10**7),
        "天数": st.integers(0, 3100),
        "件数": st.integers(0, 10**8),
        "整月": st.integers(0, 1),
    }
)
