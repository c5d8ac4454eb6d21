"""What the policies say on a day: income tax for the country, contributions for a city."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from payroll.calculation.additional import AdditionalRule
from payroll.calculation.brackets import BracketTable
from payroll.calculation.contribution_terms import INSURANCES, ContributionPolicy, InsuranceTerms
from payroll.calculation.other_deductions import OtherRule
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
    additional: tuple[Dated[AdditionalRule], ...] = ()
    other: tuple[Dated[OtherRule], ...] = ()

    def table(self, name: str, day: date) -> BracketTable:
        """Give a table in force on the day of payment. Raises `PolicyError` when there is none.

        The monthly table of the separately taxed bonus ends with that rule; a bonus paid later is merged.
        """
        return self._one([v for v in self.tables if v.rule.name == name], day, f"table {name}").table

    def basic_deduction(self, day: date) -> BasicDeduction:
        return self._one(self.basic, day, "basic deduction")

    def remuneration_costs(self, day: date) -> RemunerationCosts:
        return self._one(self.costs, day, "remuneration costs")

    def additional_deductions(self, day: date) -> dict[str, AdditionalRule]:
        """Give the items of the special additional deductions in force on a day, by their keys."""
        return {version.rule.key: version.rule for version in self.additional if version.holds_on(day)}

    def other_deductions(self, day: date) -> dict[str, OtherRule]:
        """Give the limits of the other deductions in force on a day, by their keys."""
        return {version.rule.key: version.rule for version in self.other if version.holds_on(day)}

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
    """Hold all versions of a city's contribution rules.

    `defaults` names the variant taken where none was chosen, for insurances that come in variants only.
    """

    city: str
    pinyin: str
    rules: tuple[Dated[CityRule], ...]
    notes: str = ""
    defaults: Mapping[str, str] = field(default_factory=dict)

    def variants(self, insurance: str) -> tuple[str, ...]:
        """List the variants of an insurance; ("",) when there is only the common one."""
        return tuple(sorted({v.rule.variant for v in self.rules if v.rule.terms.insurance == insurance}))

    def on(self, day: date, variants: Mapping[str, str] | None = None) -> CityTerms:
        """Give the terms for a day; `variants` picks a variant per insurance: {"medical": "tier1"}.

        An insurance the city does not have is left out. Raises `PolicyError` as `version` does.
        """
        chosen = variants or {}
        found = [self.version(name, day, chosen.get(name)) for name in INSURANCES if self.variants(name)]
        return CityTerms(
            policy=ContributionPolicy(self.city, tuple(v.rule.terms for v in found)),
            provisional=tuple(v.rule.terms.insurance for v in found if v.provisional),
            carried_forward=tuple(v.rule.terms.insurance for v in found if not v.holds_on(day)),
            sources={v.rule.terms.insurance: v.source for v in found},
        )

    def code_of(self, variants: Mapping[str, str]) -> int:
        """Write chosen variants as one whole number, for a payslip's figures; `named` reads it back.

        Valid within one edition, whose variants never change. Raises `PolicyError` for an unknown variant.
        """
        code = 0
        for insurance, variant in variants.items():
            if insurance not in INSURANCES or variant not in self.variants(insurance):
                raise PolicyError(f"{self.city} {insurance}", f"variant {variant!r} unknown")
            code += (self.variants(insurance).index(variant) + 1) * 10 ** INSURANCES.index(insurance)
        return code

    def named(self, code: int) -> dict[str, str]:
        """Read the variants of a code."""
        digits = {insurance: code // 10**place % 10 for place, insurance in enumerate(INSURANCES)}
        return {insurance: self.variants(insurance)[digit - 1] for insurance, digit in digits.items() if digit}

    def version(self, insurance: str, day: date, variant: str | None = None) -> Dated[CityRule]:
        """Give one insurance's version for a day, or the last one that ended before it; without a variant the default.

        Raises `PolicyError` for an unknown variant, for an insurance that comes in variants only when none was chosen
        and none is the default, and for a day before the first known version.
        """
        name = self.defaults.get(insurance, "") if variant is None else variant
        if name not in self.variants(insurance):
            known = ", ".join(other or "(common)" for other in self.variants(insurance))
            raise PolicyError(f"{self.city} {insurance}", f"variant {name!r} unknown, one of {known}")
        versions = [v for v in self.rules if v.rule.terms.insurance == insurance and v.rule.variant == name]
        found = in_force(versions, day) or last_before(versions, day)
        if found is None:
            first = min(v.valid_from for v in versions)
            raise PolicyError(f"{self.city} {insurance}", f"nothing known for {day}; the first version is of {first}")
        return found
