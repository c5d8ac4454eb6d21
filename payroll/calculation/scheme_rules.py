"""The items of a scheme together: kept with a run as plain data, parsed, and in the order of evaluation."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

from agency.money import Rounding

from .formulas import BandTable, Formula, FormulaError, Kind, kind_of, parse
from .formulas.kinds import Band
from .item_names import LATE, RESERVED
from .items import GIVEN, Item, ItemError, Limit, Place, Source

ENGINE = 1


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


def _item(row: Mapping[str, Any]) -> Item:
    kinds = {"source": Source, "place": Place, "limit": Limit, "rounding": Rounding}
    values: dict[str, Any] = {name: kinds.get(name, _same)(value) for name, value in row.items()}
    return Item(**values)


def _same(value: Any) -> Any:
    return value


def _table(row: Mapping[str, Any]) -> BandTable:
    bands = tuple(Band(**band) for band in row["bands"])
    return BandTable(row["name"], Kind(row["key"]), Kind(row["result"]), bands)
