"""What a city asks for, as data: rates, limits and rounding per insurance and side."""

from dataclasses import dataclass

from agency.money import Rounding

PENSION, MEDICAL, UNEMPLOYMENT = "pension", "medical", "unemployment"
INJURY, MATERNITY = "injury", "maternity"
HOUSING_FUND, SUPPLEMENTARY_FUND = "housing_fund", "supplementary_fund"
INSURANCES = (PENSION, MEDICAL, UNEMPLOYMENT, INJURY, MATERNITY, HOUSING_FUND, SUPPLEMENTARY_FUND)
FUNDS = (HOUSING_FUND, SUPPLEMENTARY_FUND)
# Voluntary: only workers who are enrolled by name pay into these.
VOLUNTARY = (SUPPLEMENTARY_FUND,)


@dataclass(frozen=True, slots=True)
class SideTerms:
    """Hold what one side pays: a rate (or a range to choose from) in millionths, and a fixed amount in fen.

    `fixed_months` are the months (1–12) in which the fixed amount falls due; empty means every month.
    """

    lowest_rate: int
    highest_rate: int
    rounding: Rounding
    fixed_fen: int = 0
    fixed_months: frozenset[int] = frozenset()

    @property
    def is_range(self) -> bool:
        return self.lowest_rate != self.highest_rate

    def fixed_in(self, month: int) -> int:
        """Give the fixed amount due in a month (1–12), in fen."""
        return self.fixed_fen if not self.fixed_months or month in self.fixed_months else 0


@dataclass(frozen=True, slots=True)
class InsuranceTerms:
    """Hold one insurance of a city: limits of the base in fen (None: no limit), the terms of both sides."""

    insurance: str
    floor_fen: int | None
    ceiling_fen: int | None
    employer: SideTerms
    employee: SideTerms


@dataclass(frozen=True, slots=True)
class ContributionPolicy:
    """Hold the terms that one city applies in one month, at most one per insurance."""

    city: str
    terms: tuple[InsuranceTerms, ...]
