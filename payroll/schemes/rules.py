"""A scheme's rows as rules to compute by, and what its items ask of the attendance sheet."""

from agency.money import Rounding
from agency.periods import Period
from payroll.calculation.formulas import BandTable, Kind
from payroll.calculation.formulas.kinds import Band
from payroll.calculation.items import INPUTS, Item, Limit, Place, Source
from payroll.calculation.scheme_rules import SchemeRules
from payroll.models import PayBandTable, PayItem, PayScheme

from .heat import heat_fen


def rules_of(scheme: PayScheme, period: Period) -> SchemeRules:
    """Return a scheme's own items and tables with the month's amounts; none for a scheme that was never saved."""
    items = tuple(map(item_of, scheme.items.all())) if scheme.pk else ()
    return SchemeRules(
        scheme=scheme.pk,
        valid_from=scheme.valid_from.isoformat(),
        items=items,
        tables=tuple(map(table_of, scheme.tables.all())) if scheme.pk else (),
        minimum_wage_fen=scheme.minimum_wage_fen or 0,
        heat_fen=heat_fen(scheme.city or scheme.client.city, period),
    )


def inputs_of(scheme: PayScheme) -> list[Item]:
    """Return the items whose figures come with the attendance sheet, in order: a column each, by the item's name."""
    rows = scheme.items.filter(source__in=INPUTS) if scheme.pk else ()
    return [item_of(row) for row in rows]


def item_of(row: PayItem) -> Item:
    """Return a row as the calculation knows it."""
    return Item(
        key=row.key,
        name=row.name,
        source=Source(row.source),
        place=Place(row.place),
        amount_fen=row.amount_fen,
        rate_millionths=row.rate_millionths,
        quantity=row.quantity,
        formula=row.formula,
        rounding=Rounding(row.rounding),
        taxable=row.taxable,
        insurance_base=row.insurance_base,
        minimum_wage=row.minimum_wage,
        overtime_base=row.overtime_base,
        billed=row.billed,
        limit=Limit(row.limit),
    )


def table_of(row: PayBandTable) -> BandTable:
    """Return a row as the calculation knows it."""
    bands = tuple(Band(start, value) for start, value in row.bands)
    return BandTable(row.name, Kind(row.key), Kind(row.result), bands)


def table_users(rules: SchemeRules, name: str) -> list[str]:
    """Return the names of the items whose formula looks into a banded table. Raises `ItemError` for a broken scheme."""
    formulas = rules.sheet.formulas
    return [item.name for item in rules.items if item.key in formulas and name in formulas[item.key].tables]
