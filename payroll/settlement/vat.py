"""VAT on labour dispatch: how much of a bill is tax, by regime and date (`rules/vat.md`, `data/vat.json`)."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from agency.money import MILLION, round_fen

DATA = Path(__file__).parent / "data" / "vat.json"


class NoVatRule(LookupError):
    """No rule of this regime holds on the day."""


@dataclass(frozen=True, slots=True)
class VatRule:
    """A rate in millionths; `deducts` takes wages, insurance and fund off the taxed amount (差额)."""

    regime: str
    rate: int
    deducts: bool
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Amounts:
    """A bill in fen: cost + fee + vat = total; `deducted_fen` stands apart on the same invoice."""

    cost_fen: int
    fee_fen: int
    vat_fen: int
    deducted_fen: int

    @property
    def total_fen(self) -> int:
        return self.cost_fen + self.fee_fen + self.vat_fen


@cache
def rules() -> tuple[VatRule, ...]:
    """Return the shipped rules."""
    rows = json.loads(DATA.read_text(encoding="utf-8"))
    return tuple(VatRule(**row | {name: _day(row[name]) for name in ("valid_from", "valid_to")}) for row in rows)


def rule_on(regime: str, day: dt.date) -> VatRule:
    """Return the rule of a regime on a day. Raises `NoVatRule`."""
    for rule in rules():
        if rule.regime == regime and rule.valid_from <= day and (rule.valid_to is None or day < rule.valid_to):
            return rule
    raise NoVatRule(f"{regime} on {day}")


def tax_within(total_fen: int, deducted_fen: int, rate: int) -> int:
    """Return the tax inside a tax-inclusive total: (total − deducted) ÷ (1 + rate) × rate, half up to the fen."""
    return round_fen((total_fen - deducted_fen) * rate, MILLION + rate)


def amounts(*, cost_fen: int, deductible_fen: int, fee_fen: int, fee_includes_tax: bool, rule: VatRule) -> Amounts:
    """Split a bill so that every fen has one place.

    `cost_fen` is passed on to the client as it is; of it `deductible_fen` may be deducted where the rule allows. A fee
    that includes tax leaves fee − tax to the agency, which is below zero where the tax on the whole exceeds it; to
    a fee without tax the tax is added.
    """
    deducted = deductible_fen if rule.deducts else 0
    if fee_includes_tax:
        vat = tax_within(cost_fen + fee_fen, deducted, rule.rate)
        return Amounts(cost_fen, fee_fen - vat, vat, deducted)
    vat = round_fen((cost_fen + fee_fen - deducted) * rule.rate, MILLION)
    return Amounts(cost_fen, fee_fen, vat, deducted)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
