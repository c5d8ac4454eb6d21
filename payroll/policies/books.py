"""What the policies say on a day: income tax for the country, contributions for a city."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from payroll.calculation.brackets import BracketTable
from payroll.calculation.contribution_terms import INSURANCES, ContributionPolicy, InsuranceTerms
from payroll.calculation.remuneration import RemunerationCosts
from payroll.calculation.withholding import BasicDeduction

from .validity import Dated, PolicyError, in_force, last_before

YEARLY, MONTHLY, REMUNERATION = "yearly", "monthly_bonus", "remuneration"


@dataclass(frozen=True, slots=True)
class NamedTable:
    """Hold a tax table under its name: `YEARLY`, `MONTHLY`, `REMUNERATION`."""

    name: str
    table: BracketTable


@dataclass(frozen=True, slots=True)
class TaxBook:
    """Hold all versions of the income-tax rules."""

    tables: tuple[Dated[NamedTable], ...]
    basic: tuple[Dated[BasicDeduction], ...]
    costs: tuple[Dated[RemunerationCosts], ...]

    def table(self, name: str, day: date) -> BracketTable:
        """Give a table in force on the day of payment. Raises `PolicyError` when there is none.

        The monthly table of the separately taxed bonus ends with that rule; a bonus paid later is merged.
        """
        return self._one([v for v in self.tables if v.rule.name == name], day, f"table {name}").table

    def basic_deduction(self, day: date) -> BasicDeduction:
        return self._one(self.basic, day, "basic deduction")

    def remuneration_costs(self, day: date) -> RemunerationCosts:
        return self._one(self.costs, day, "remuneration costs")

    @staticmethod
    def _one(versions, day: date, what: str):
        found = in_force(versions, day)
        if found is None:
            raise PolicyError("income tax", f"no {what} for {day}")
        return found.rule


@dataclass(frozen=True, slots=True)
class CityRule:
    """Hold one insurance of one city; `variant` is "" or names who it is for (a medical tier, a local
    hukou).
    """

    variant: str
    terms: InsuranceTerms

    @property
    def key(self) -> str:
        return f"{self.terms.insurance}/{self.variant}" if self.variant else self.terms.insurance


@dataclass(frozen=True, slots=True)
class CityTerms:
    """Hold a city's terms on one day, ready to compute with, and how sure they are.

    `provisional` names the insurances whose figures need a check; `carried_forward` those whose last known
    version has ended without a successor, as happens each year until the notice comes. Both lead to a
    difference (补差) later.
    """

    policy: ContributionPolicy
    provisional: tuple[str, ...]
    carried_forward: tuple[str, ...]
    sources: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CityBook:
    """Hold all versions of a city's contribution rules."""

    city: str
    pinyin: str
    rules: tuple[Dated[CityRule], ...]
    notes: str = ""

    def variants(self, insurance: str) -> tuple[str, ...]:
        """List the variants of an insurance; ("",) when there is only the common one."""
        return tuple(sorted({v.rule.variant for v in self.rules if v.rule.terms.insurance == insurance}))

    def on(self, day: date, variants: Mapping[str, str] | None = None) -> CityTerms:
        """Give the terms for a day; `variants` picks a variant per insurance: {"medical": "tier1"}.

        An insurance the city does not have is left out. Raises `PolicyError` for an unknown variant, for a
        city whose insurance comes in variants only and none was picked, and for a day before the first
        known version.
        """
        found = []
        for insurance in INSURANCES:
            names = self.variants(insurance)
            if not names:
                continue
            variant = (variants or {}).get(insurance, "")
            if variant not in names:
                raise PolicyError(
                    f"{self.city} {insurance}",
                    f"variant {variant!r} unknown, one of {', '.join(name or '(common)' for name in names)}",
                )
            found.append(self._version(insurance, variant, day))
        return CityTerms(
            policy=ContributionPolicy(self.city, tuple(v.rule.terms for v in found)),
            provisional=tuple(v.rule.terms.insurance for v in found if v.provisional),
            carried_forward=tuple(v.rule.terms.insurance for v in found if not v.holds_on(day)),
            sources={v.rule.terms.insurance: v.source for v in found},
        )

    def _version(self, insurance: str, variant: str, day: date) -> Dated[CityRule]:
        versions = [v for v in self.rules if v.rule.terms.insurance == insurance and v.rule.variant == variant]
        found = in_force(versions, day) or last_before(versions, day)
        if found is None:
            first = min(v.valid_from for v in versions)
            raise PolicyError(f"{self.city} {insurance}", f"nothing known for {day}; the first version is of {first}")
        return found
