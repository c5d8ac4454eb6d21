"""Pay items of a scheme (薪资项目) as data: what each is, what it counts into, and all of them ready to evaluate."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from agency.money import MILLION, Rounding

from .formulas import BandTable, Formula, FormulaError, Kind, kind_of, parse
from .formulas.kinds import Band

ENGINE = 1


class Source(StrEnum):
    """Name where an item's figure comes from."""

    AMOUNT = "amount"  # a column of the attendance sheet, yuan
    QUANTITY = "quantity"  # a column of the attendance sheet, a number other items count with
    FIXED = "fixed"  # the same for everybody
    PER_WORKER = "per_worker"  # an amount agreed with the worker
    RATE = "rate"  # so much for each of a quantity
    FORMULA = "formula"
    ADVANCE = "advance"  # what is due of wages paid in advance


class Place(StrEnum):
    """Name where an item stands on the payslip."""

    BASE = "base"
    ABSENCE = "absence"
    ALLOWANCE = "allowance"
    DEDUCTION = "deduction"  # after tax
    NOTE = "note"  # counted with, not paid


class Limit(StrEnum):
    """Name how much of a deduction may be taken; the rest is left to a later month."""

    NONE = "none"
    MINIMUM_WAGE = "minimum_wage"  # the minimum wage stays (工资支付暂行规定 16)
    DAMAGES = "damages"  # and at most 20 % of the month's pay (工资支付暂行规定 16)


SIGN = {Place.BASE: 1, Place.ABSENCE: -1, Place.ALLOWANCE: 1, Place.DEDUCTION: 0, Place.NOTE: 0}
GIVEN = (Source.AMOUNT, Source.QUANTITY, Source.PER_WORKER, Source.ADVANCE)
INPUTS = (Source.AMOUNT, Source.QUANTITY)

# What every formula may ask for: its name on screen and in English, its kind.
FACTS: dict[str, tuple[str, Kind]] = {
    "月薪": ("wage", Kind.AMOUNT),
    "出勤天数": ("days_worked", Kind.NUMBER),
    "应出勤天数": ("days_scheduled", Kind.NUMBER),
    "缺勤天数": ("days_absent", Kind.NUMBER),
    "病假天数": ("days_sick", Kind.NUMBER),
    "平日加班小时": ("hours_weekday", Kind.NUMBER),
    "休息日加班小时": ("hours_rest_day", Kind.NUMBER),
    "节日加班小时": ("hours_holiday", Kind.NUMBER),
    "夜班次数": ("night_shifts", Kind.NUMBER),
    "司龄月数": ("months_of_service", Kind.NUMBER),
    "月份": ("month", Kind.NUMBER),
    "最低工资": ("minimum_wage", Kind.AMOUNT),
    "高温津贴标准": ("heat_allowance", Kind.AMOUNT),
    "整月": ("whole_month", Kind.TRUTH),
    "月薪制": ("paid_monthly", Kind.TRUTH),
}
STANDARD: dict[str, tuple[str, Kind]] = {
    "基本工资": ("base_pay", Kind.AMOUNT),
    "缺勤扣款": ("absence_pay", Kind.AMOUNT),
    "平日加班费": ("overtime_weekday", Kind.AMOUNT),
    "休息日加班费": ("overtime_rest_day", Kind.AMOUNT),
    "节日加班费": ("overtime_holiday", Kind.AMOUNT),
    "夜班津贴": ("night_allowance", Kind.AMOUNT),
    "病假工资": ("sick_pay", Kind.AMOUNT),
    "其他津贴": ("other_allowances", Kind.AMOUNT),
}
RESERVED = {name: kind for table in (FACTS, STANDARD) for chinese, (english, kind) in table.items()
            for name in (chinese, english)}  # fmt: skip
LATE = {name for chinese, (english, _kind) in STANDARD.items() for name in (chinese, english)}


class ItemError(ValueError):
    """Say which item is wrong and why; `why` holds the place in its formula."""

    def __init__(self, item: "Item", why: FormulaError) -> None:
        self.key = item.key
        self.name = item.name
        self.text = item.text
        self.why = why
        super().__init__(f"{item.key}: {why}")


@dataclass(frozen=True, slots=True)
class Item:
    """Hold one pay item. `amount_fen` for FIXED, `rate_millionths` of a yuan for each `quantity` for RATE."""

    key: str
    name: str
    source: Source
    place: Place
    amount_fen: int = 0
    rate_millionths: int = 0
    quantity: str = ""
    formula: str = ""
    rounding: Rounding = Rounding.HALF_UP_FEN
    taxable: bool = True
    insurance_base: bool = True
    minimum_wage: bool = True
    overtime_base: bool = False
    billed: bool = True
    limit: Limit = Limit.NONE

    @property
    def text(self) -> str:
        """The formula the item is computed by; nothing for what is given."""
        if self.source == Source.FIXED:
            return f"{Decimal(self.amount_fen).scaleb(-2):f}元".replace("-", "0 - ")
        if self.source == Source.RATE:
            return f"{short(self.rate_millionths)}元 × {self.quantity}"
        return self.formula if self.source == Source.FORMULA else ""

    @property
    def kind(self) -> Kind:
        return Kind.NUMBER if self.source == Source.QUANTITY else Kind.AMOUNT


@dataclass(frozen=True)
class SchemeRules:
    """Hold a scheme as a run is computed by it: its items in order, their tables, the month's amounts in fen.

    `as_json` and `from_json` are exact opposites: the run keeps the JSON, whatever becomes of the scheme.
    """

    scheme: int | None = None
    valid_from: str = ""
    items: tuple[Item, ...] = ()
    tables: tuple[BandTable, ...] = ()
    minimum_wage_fen: int = 0
    heat_fen: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return plain data."""
        return {"engine": ENGINE, **asdict(self)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "SchemeRules":
        """Read what `as_json` wrote; an empty mapping is a scheme without items of its own."""
        values = {name: value for name, value in stored.items() if name != "engine"}
        return cls(
            **values
            | {
                "items": tuple(_item(row) for row in values.get("items", ())),
                "tables": tuple(_table(row) for row in values.get("tables", ())),
            }
        )

    @cached_property
    def sheet(self) -> "Sheet":
        """The items parsed, checked and in the order of evaluation; raises `ItemError`."""
        return Sheet(self)


@dataclass
class Sheet:
    """Hold the formulas of a scheme's items. `early` is evaluated before overtime, `late` after the standard lines.

    Raises `ItemError` for a formula that is none, for a circle of items, and for an item of the overtime base
    that asks for what is computed from it.
    """

    rules: SchemeRules
    formulas: dict[str, Formula] = field(init=False)
    early: list[Item] = field(init=False)
    late: list[Item] = field(init=False)

    def __post_init__(self) -> None:
        self.tables = {table.name: table for table in self.rules.tables}
        self.by_name = {item.name: item for item in self.rules.items}
        self.kinds = RESERVED | {item.name: item.kind for item in self.rules.items}
        self.formulas = dict(self._formulas())
        order = list(self._in_order())
        waits: set[str] = set()
        for item in order:
            if self.names_of(item) & (LATE | waits):
                waits.add(item.name)
        self.early = [item for item in order if item.name not in waits]
        self.late = [item for item in order if item.name in waits]
        for item in self.late:
            if item.overtime_base:
                raise ItemError(item, FormulaError("before_overtime", 0, len(item.text)))

    @property
    def asked(self) -> set[str]:
        """The names any formula asks for."""
        return {name for formula in self.formulas.values() for name in formula.names}

    def names_of(self, item: Item) -> frozenset[str]:
        return self.formulas[item.key].names if item.key in self.formulas else frozenset()

    def _formulas(self) -> Iterator[tuple[str, Formula]]:
        for item in self.rules.items:
            if item.source in GIVEN:
                continue
            try:
                formula = parse(item.text)
                kind = kind_of(formula, self.kinds, self.tables)
                if kind == Kind.TRUTH:
                    raise FormulaError("is_condition", 0, len(item.text))
                if kind == Kind.NUMBER:
                    raise FormulaError("not_an_amount", 0, len(item.text))
            except FormulaError as error:
                raise ItemError(item, error) from error
            yield item.key, formula

    def _in_order(self) -> Iterator[Item]:
        """Yield each item after those it asks for."""
        done: set[str] = set()

        def visit(item: Item, path: tuple[str, ...]) -> Iterator[Item]:
            if item.name in path:
                names = " → ".join((*path[path.index(item.name) :], item.name))
                raise ItemError(item, FormulaError("circle", 0, len(item.text), names=names))
            if item.name in done:
                return
            for name in sorted(self.names_of(item) & set(self.by_name)):
                yield from visit(self.by_name[name], (*path, item.name))
            done.add(item.name)
            yield item

        for item in self.rules.items:
            yield from visit(item, ())


def short(millionths: int) -> str:
    """Write millionths as a decimal: 35_000 → "0.035"."""
    whole, rest = divmod(millionths, MILLION)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".")


def _item(row: Mapping[str, Any]) -> Item:
    kinds = {"source": Source, "place": Place, "limit": Limit, "rounding": Rounding}
    values: dict[str, Any] = {name: kinds.get(name, _same)(value) for name, value in row.items()}
    return Item(**values)


def _same(value: Any) -> Any:
    return value


def _table(row: Mapping[str, Any]) -> BandTable:
    bands = tuple(Band(**band) for band in row["bands"])
    return BandTable(row["name"], Kind(row["key"]), Kind(row["result"]), bands)
