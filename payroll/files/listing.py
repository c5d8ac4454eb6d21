"""What the page of a month's files shows: what can be made, and what was made last."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from agency.periods import Period
from agency.permissions import visible
from clients.models import ClientEnterprise
from payroll.calculation.apart import ApartKind
from payroll.models import BankLine, FileLayout, MadeFile, PaidOutside, PayrollRun, Payslip

from . import making
from .insurance import cities_of
from .tax import forms_beside, slips_of

APART = {ApartKind.BONUS: making.Purpose.BONUS_TAX, ApartKind.SEVERANCE: making.Purpose.SEVERANCE_TAX}
# Names of the tax client's forms, which are not translated.
LABELS = {
    making.Purpose.STUDENT_TAX: "劳务报酬所得（实习学生）",
    making.Purpose.BONUS_TAX: "全年一次性奖金收入",
    making.Purpose.SEVERANCE_TAX: "解除劳动合同一次性补偿金",
}


@dataclass
class Choice:
    """One file that can be made, with the latest that was."""

    key: str
    label: str
    made: MadeFile | None = None

    @property
    def columns(self) -> int:
        """How many columns a form of the tax client has."""
        return 13 if self.key == making.Purpose.STUDENT_TAX else 10


@dataclass
class MonthOfFiles:
    """A month's files for one person."""

    period: Period
    taxed: bool
    runs: list[PayrollRun]
    cities: list[Choice] = field(default_factory=list)
    clients: list[Choice] = field(default_factory=list)
    wages: MadeFile | None = None
    people: MadeFile | None = None
    apart: list[Choice] = field(default_factory=list)


def month_of_files(staff: Any, period: Period) -> MonthOfFiles:
    """Gather a month's page: runs by month worked, tax by month of payment, insurance by month of effect."""
    runs = list(
        visible(staff, PayrollRun)
        .final()
        .of_period(period)
        .select_related("client")
        .annotate(outside=Exists(PaidOutside.objects.filter(run=OuterRef("pk"))))
        .order_by("client__name_pinyin", "kind")
    )
    _count_lines(runs)
    latest = _latest(visible(staff, MadeFile).of_period(period).select_related("made_by"))
    clients: dict[int, ClientEnterprise] = {run.client_id: run.client for run in runs}
    return MonthOfFiles(
        period=period,
        taxed=slips_of(period).exists(),
        runs=runs,
        cities=[Choice(city, city, latest.get((making.INSURANCE, city))) for city in cities_of(period)],
        clients=[
            Choice(str(pk), client.short_name, latest.get((making.EVIDENCE, pk))) for pk, client in clients.items()
        ],
        wages=latest.get((making.Purpose.SALARY_TAX, "")),
        people=latest.get((making.Purpose.PERSONNEL, "")),
        apart=[Choice(key, LABELS[key], latest.get((key, ""))) for key in kinds_apart(period)],
    )


def kinds_apart(period: Period) -> list[FileLayout.Purpose]:
    """Return the forms of the tax client a month of payment needs beside the wages."""
    students, found = forms_beside(period)
    forms = [purpose for kind, purpose in APART.items() if kind in found]
    return [making.Purpose.STUDENT_TAX, *forms] if students else forms


def form_of(run: PayrollRun) -> Choice | None:
    """Return the tax client's form of an approved bonus or severance run; None for wages."""
    kinds = {run.Kind.BONUS: making.Purpose.BONUS_TAX, run.Kind.SEVERANCE: making.Purpose.SEVERANCE_TAX}
    key = kinds.get(run.Kind(run.kind)) if run.is_final else None
    return Choice(key, LABELS[key]) if key else None


def _latest(rows: QuerySet[MadeFile]) -> dict[tuple[str, Any], MadeFile]:
    """Return the youngest file by kind and city, client or nothing."""
    found: dict[tuple[str, Any], MadeFile] = {}
    for made in rows.order_by("made_at", "pk"):
        about = {making.INSURANCE: made.city, making.EVIDENCE: made.client_id}.get(made.kind, "")
        found[made.kind, about] = made
    return found


def _count_lines(runs: list[PayrollRun]) -> None:
    """Say of each run how many are paid, on their way, came back, and are in no batch yet."""
    states = (
        BankLine.objects.filter(run__in=runs)
        .values("run")
        .annotate(**{state: Count("pk", filter=Q(state=state)) for state in ("open", "paid", "failed")})
    )
    counts = {row["run"]: row for row in states}
    owed = dict(
        Payslip.objects.filter(run__in=runs, errors=0, net_fen__gt=0).values_list("run").annotate(n=Count("pk"))
    )
    for run in runs:
        lines = counts.get(run.pk, {"open": 0, "paid": 0, "failed": 0})
        run.lines_paid, run.lines_open, run.lines_failed = lines["paid"], lines["open"], lines["failed"]  # type: ignore[attr-defined]
        run.lines_left = 0 if run.outside else owed.get(run.pk, 0) - lines["paid"] - lines["open"]  # type: ignore[attr-defined]
