"""What a wage sheet shows of a run, column by column: days and hours, the standard lines, and the scheme's own items.

An own item stands in a column of its own and is taken out of the standard line it counts into, so that every row adds
up: earned lines to 应发, those taken off to 实发.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from payroll.calculation.items import Item, Place, Source
from payroll.calculation.payslips import Payslips
from payroll.calculation.scheme_rules import SchemeRules
from payroll.models import PayrollRun, Payslip
from payroll.payslips.figures import ITEM
from payroll.payslips.replaying import recompute

# Headers are the file's format, as the clients' own sheets have them, and are not translated.
AMOUNTS = (
    ("基本工资", "base_fen", 1),
    ("缺勤扣款", "absence_fen", -1),
    ("平日加班费", "overtime_weekday_fen", 1),
    ("周末加班费", "overtime_rest_day_fen", 1),
    ("节日加班费", "overtime_holiday_fen", 1),
    ("补贴", "allowances_fen", 1),
    ("应发", "gross_fen", 1),
    ("养老保险", "employee_pension_fen", -1),
    ("医疗保险", "employee_medical_fen", -1),
    ("失业保险", "employee_unemployment_fen", -1),
    ("公积金", "employee_fund_fen", -1),
    ("补缴", "employee_adjustment_fen", -1),
    ("个税", "tax_fen", -1),
    ("其他扣款", "deducted_fen", -1),
    ("实发", "net_fen", 1),
    ("单位社保", "employer_social_fen", 1),
    ("单位公积金", "employer_fund_fen", 1),
    ("单位补缴", "employer_adjustment_fen", 1),
    ("用工成本", "employer_cost_fen", 1),
)
COUNTS = (
    ("出勤天", "attended_x100"),
    ("平日加班小时", "overtime_weekday_x100"),
    ("周末加班小时", "overtime_rest_day_x100"),
    ("节日加班小时", "overtime_holiday_x100"),
)
EMPLOYER = ("employer_social_fen", "employer_fund_fen", "employer_adjustment_fen", "employer_cost_fen")
ONE_TIME = {PayrollRun.Kind.BONUS: "奖金", PayrollRun.Kind.SEVERANCE: "补偿金"}
# The standard line each own item counts into.
_LINES = {
    Place.BASE: "base_fen", Place.ABSENCE: "absence_fen", Place.ALLOWANCE: "allowances_fen",
    Place.DEDUCTION: "deducted_fen",
}  # fmt: skip
_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: a payslip's amount by its `name`, or an own `item`; counts are hundredths, amounts signed fen."""

    header: str
    name: str
    sign: int = 1
    item: Item | None = None
    is_count: bool = False

    @property
    def is_employers(self) -> bool:
        return self.name in EMPLOYER


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One worker's row; `values` in the order of the columns."""

    number: str
    name: str
    place: str
    values: list[int]
    worker: int


def columns_of(run: PayrollRun) -> tuple[SheetColumn, ...]:
    """Return the columns of a run, each own item after the standard line it counts into."""
    items = SchemeRules.from_json(run.rules).items
    counts = [SheetColumn(header, name, is_count=True) for header, name in COUNTS]
    told = [item for item in items if item.source == Source.QUANTITY]
    counts += [SheetColumn(item.name, f"{ITEM}{item.key}", is_count=True) for item in told]
    columns: list[SheetColumn] = []
    for header, name, sign in AMOUNTS:
        shown = ONE_TIME.get(PayrollRun.Kind(run.kind), header) if name == "allowances_fen" else header
        columns.append(SheetColumn(shown, name, sign))
        own = [item for item in items if item.source != Source.QUANTITY and _LINES.get(item.place) == name]
        columns += [SheetColumn(item.name, name, sign, item) for item in own]
    return (*counts, *columns)


def rows_of(run: PayrollRun, columns: Iterable[SheetColumn]) -> Iterator[SheetRow]:
    """Yield a run's rows by name, some thousand in memory at a time."""
    columns = tuple(columns)
    stored = sorted({column.name for column in columns if not column.is_count})
    fields = ("employee_no", "name", "place", "policy_id", "inputs", "worker_id", *stored)
    slips = Payslip.objects.filter(run=run).order_by("name_pinyin", "pk").values_list(*fields)
    flow = slips.iterator(chunk_size=_AT_ONCE)
    while chunk := list(islice(flow, _AT_ONCE)):
        own = _own_amounts(run, columns, chunk)
        for at, (number, name, where, _policy, inputs, worker, *amounts) in enumerate(chunk):
            kept = dict(zip(stored, amounts, strict=True))
            taken = {index: int(values[at]) for index, values in own.items()}
            for index, fen in taken.items():
                kept[columns[index].name] -= fen
            values = [_value(column, kept, inputs) for column in columns]
            for index, fen in taken.items():
                values[index] = columns[index].sign * fen
            yield SheetRow(number, name, where, values, worker)


def _value(column: SheetColumn, kept: dict[str, int], inputs: dict[str, int]) -> int:
    return max(inputs.get(column.name, 0), 0) if column.is_count else column.sign * kept[column.name]


def _own_amounts(run: PayrollRun, columns: tuple[SheetColumn, ...], chunk: list[Any]) -> dict[int, Any]:
    """Return own items' amounts by the column's place: payslips keep sums by line only, so they are computed again."""
    own = {index: column.item for index, column in enumerate(columns) if column.item is not None}
    if not own:
        return {}
    slips = recompute(run, [(row[3], row[4]) for row in chunk])
    return {index: _amounts(slips, item) for index, item in own.items()}


def _amounts(slips: Payslips, item: Item) -> Any:
    return (slips.deductions_fen if item.place == Place.DEDUCTION else slips.gross.items_fen)[item.key]
