"""One line of a payslip's workings, and how its formula shows numbers (digits and signs, no words)."""

from dataclasses import dataclass, field

from agency.money import yuan


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one amount with its reason: a stable key to translate, signed fen, a formula, numbers for the
    label.

    `formula` reads the same in every language: "3,600 ÷ 21.75 ÷ 8 × 1.5 × 20"; "" where the amount was
    simply given.
    """

    key: str
    amount_fen: int
    formula: str = ""
    numbers: dict[str, str] = field(default_factory=dict)


def plain(fen: int) -> str:
    """Write fen as yuan without ¥, and without ".00": 360000 → "3,600"."""
    return yuan(fen, symbol="").removesuffix(".00")


def hundredths(value: int) -> str:
    """Write hundredths (days, hours, percent) as short as they are: 2175 → "21.75", 2000 → "20"."""
    whole, rest = divmod(value, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")


def percent(millionths: int) -> str:
    """Write a rate: 98_000 → "9.8%"."""
    whole, rest = divmod(millionths, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".") + "%"
