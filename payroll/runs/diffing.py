"""What a sheet would change before it is committed: against what is in the run, and against the run before."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from payroll.models import PayrollInput, PayrollRun
from workers.models import Worker

from .attendance import Inputs

FIELDS = (
    "days_worked_x100", "days_absent_x100", "sick_days_x100", "overtime_weekday_x100", "overtime_rest_day_x100",
    "overtime_holiday_x100", "night_shifts", "allowances_fen", "deductions_fen", "additional_fen", "one_time_fen",
)  # fmt: skip
# The figures of one worker, in the order of the fields compared.
Figures = tuple[int, ...]
LABELS = {name: PayrollInput._meta.get_field(name).verbose_name for name in FIELDS}


@dataclass(frozen=True)
class Change:
    """One figure that is another now: hundredths, fen or a count, as its field's name says."""

    name: str
    number: str
    field: str
    before: int
    after: int

    @property
    def label(self) -> str:
        return str(LABELS[self.field])

    @property
    def is_money(self) -> bool:
        return self.field.endswith("_fen")

    @property
    def is_hundredths(self) -> bool:
        return self.field.endswith("_x100")

    @property
    def size(self) -> int:
        return abs(self.after - self.before)


@dataclass
class Side:
    """One comparison: who is new, who is missing (names), which figures changed, how many workers are the same."""

    new: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    same: int = 0


@dataclass
class Diff:
    """A sheet against the run's figures now, and against the run before (None when there is none)."""

    now: Side
    before: Side | None
    run_before: PayrollRun | None


def diff(run: PayrollRun, sheet: Inputs, fields: Iterable[str] = FIELDS, *, whole: bool = True) -> Diff:
    """Compare the rows a sheet would write with what is there, in five queries whatever the number of rows.

    Unless it is the `whole` sheet, those it does not name are no news, and the run before is not looked at.
    """
    fields = [name for name in FIELDS if name in set(fields)]
    columns = [sheet[name] for name in fields]
    new = {worker: tuple(column[row] for column in columns) for row, worker in enumerate(sheet["worker_id"])}
    now = _inputs(run, fields, None if whole else new)
    last = _run_before(run) if whole else None
    old = _inputs(last, fields) if last else {}
    people = Worker.objects.filter(pk__any_of={*new, *now, *old}).values_list("pk", "name", "employee_no")
    names = {pk: (name, number) for pk, name, number in people}
    return Diff(_side(new, now, names, fields), _side(new, old, names, fields) if last else None, last)


def _side(
    new: dict[int, Figures], old: dict[int, Figures], names: dict[int, tuple[str, str]], fields: list[str]
) -> Side:
    side = Side(
        new=sorted(names[pk][0] for pk in new.keys() - old.keys()),
        missing=sorted(names[pk][0] for pk in old.keys() - new.keys()),
    )
    for pk in new.keys() & old.keys():
        if new[pk] == old[pk]:
            side.same += 1
            continue
        figures = zip(fields, old[pk], new[pk], strict=True)
        side.changes += [Change(*names[pk], name, was, now) for name, was, now in figures if was != now]
    side.changes.sort(key=lambda change: (change.is_money, -change.size, change.name))
    return side


def _inputs(run: PayrollRun, fields: list[str], workers: Iterable[int] | None = None) -> dict[int, Figures]:
    rows = PayrollInput.objects.filter(run=run, left_out=False)
    if workers is not None:
        rows = rows.filter(worker__any_of=workers)
    return {worker: tuple(figures) for worker, *figures in rows.values_list("worker_id", *fields)}


def _run_before(run: PayrollRun) -> PayrollRun | None:
    same = PayrollRun.objects.filter(client=run.client_id, kind=run.kind, period__lt=run.period)
    return same.order_by("-period", "-sequence").first()
