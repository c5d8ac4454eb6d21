"""Make the files of a month: for the tax client, the insurance bureau, the workers' file and the tax inspector."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from agency.audit import record
from agency.calendar import today
from agency.models import StaffMember
from agency.periods import Period
from agency.reasons import Reason
from agency.tenancy.context import current_agency
from clients.models import ClientEnterprise
from payroll.calculation.apart import ApartKind
from payroll.models import FileLayout, MadeFile, PayrollRun
from payroll.refusals import Refused

from . import evidence, insurance, ledger, tax
from .fields import in_order
from .installing import layout_for
from .keeping import keep
from .layouts import Layout, file_name, read_layout
from .problems import find
from .wage_sheet import write_sheet
from .writing import write, write_workbook

Purpose = FileLayout.Purpose
LEDGER, EVIDENCE, INSURANCE, SHEET = "ledger", "evidence", "insurance", "sheet"
SHOWN = 20


class Unfit(Refused):
    """The file would lose or break something; `problems` names each, by the person's name."""

    def __init__(self, problems: list[Reason]) -> None:
        self.problems = problems
        more = len(problems) - SHOWN
        lines = [str(problem) for problem in problems[:SHOWN]]
        super().__init__("\n".join([*lines, _("… and %(n)d more.") % {"n": more}] if more > 0 else lines))


def make_wages(month: Period, by: StaffMember) -> MadeFile:
    """Make 正常工资薪金所得 of a month of payment. Raises `Refused` without approved payslips, `Unfit` by name."""
    records = list(tax.wages(month))
    must_have(records, _("No approved payslip is taxed in %(month)s.") % {"month": month})
    if problems := list(tax.unfit_for_tax(records)):
        raise Unfit(problems)
    total = sum(record["income_fen"] for record in records)
    return _tax_file(Purpose.SALARY_TAX, month, records, by, total_fen=total)


def make_bonus(month: Period, by: StaffMember) -> MadeFile:
    """Make 全年一次性奖金收入 of a month of payment. Raises `Refused` when nobody's bonus is taxed apart in it."""
    return _apart_file(Purpose.BONUS_TAX, ApartKind.BONUS, month, by)


def make_severance(month: Period, by: StaffMember) -> MadeFile:
    """Make 解除劳动合同一次性补偿金 of a month of payment. Raises `Refused` when there is none."""
    return _apart_file(Purpose.SEVERANCE_TAX, ApartKind.SEVERANCE, month, by)


def make_students(month: Period, by: StaffMember) -> MadeFile:
    """Make 劳务报酬所得 of students in a month of payment. Raises `Refused` without any, `Unfit` by name."""
    records = list(tax.students(month))
    must_have(records, _("No student's pay is taxed in %(month)s.") % {"month": month})
    if problems := list(tax.unfit_for_tax(records)):
        raise Unfit(problems)
    total = sum(record["income_fen"] for record in records)
    return _tax_file(Purpose.STUDENT_TAX, month, records, by, total_fen=total)


def make_people(month: Period, by: StaffMember) -> MadeFile:
    """Make 人员信息采集 of a month of payment. Raises like `make_wages`."""
    records = list(tax.people(month))
    must_have(records, _("No approved payslip is taxed in %(month)s.") % {"month": month})
    return _tax_file(Purpose.PERSONNEL, month, records, by)


def make_insurance(city: str, month: Period, by: StaffMember, clients: Iterable[int] | None = None) -> MadeFile:
    """Make a city's list of who joins and who leaves, two sheets. Raises `Refused` when nobody does."""
    rows = [layout_for(purpose, month.last_day, city) for purpose in (Purpose.INSURANCE_ADD, Purpose.INSURANCE_REMOVE)]
    layouts = [read_layout(row.spec) for row in rows]
    found = insurance.changes(city, month, clients)
    if not found.count:
        raise Refused(_("Nobody joins or leaves in %(city)s in %(month)s.") % {"city": city, "month": month})
    lists = list(zip(layouts, (found.joining, found.leaving), strict=True))
    for layout, records in lists:
        must_fit(layout, records, "name")
    summary = about(month) | {"city": city}
    sheets = [(layout, in_order(layout, records)) for layout, records in lists]
    return keep(
        lambda target: write_workbook(sheets, summary, target),
        kind=INSURANCE, name=file_name(layouts[0], summary), period=str(month), city=city, by=by,
        remarks=remarks_of(rows + insurance.cutoff_rows(city, month)),
    )  # fmt: skip


def make_ledger(run: PayrollRun, by: StaffMember) -> MadeFile:
    """Make the wage ledger of an approved run. Raises `Refused` before."""
    if not run.is_final:
        raise Refused(_("The ledger is made once the run is approved."))
    name = f"{run.client.short_name}{run.period}工资台账.xlsx"
    total = run.totals.get("net_fen", 0)
    about_run = {"period": run.period, "client": run.client, "run": run, "total_fen": total}
    return keep(partial(ledger.write_ledger, run), kind=LEDGER, name=name, by=by, **about_run)


def make_sheet(run: PayrollRun, by: StaffMember, *, employer: bool = False, subtotals: bool = False) -> MadeFile:
    """Make a computed run's wage sheet for paper, as a PDF. Raises `Refused` before anything was computed."""
    if not run.version:
        raise Refused(_("Compute the wages first: there is nothing to print yet."))
    name = f"{run.client.short_name}{run.period}{run.tag}工资表{'' if run.is_final else '未审核'}.pdf"
    about_run = {"period": run.period, "client": run.client, "run": run, "total_fen": run.totals.get("net_fen", 0)}
    write_pdf = partial(write_sheet, run, on=today(), employer=employer, subtotals=subtotals)
    made = keep(write_pdf, kind=SHEET, name=name, by=by, **about_run)
    record("payroll.run.exported", subject=run, actor=by, rows=made.rows, form="pdf")
    return made


def make_evidence(client: ClientEnterprise, month: Period, by: StaffMember) -> MadeFile:
    """Make the VAT evidence of a client's month; what no bank has confirmed yet is remarked, not left out silently."""
    if not PayrollRun.objects.final().of_period(month).filter(client=client).exists():
        raise Refused(_("%(client)s has no approved run in %(month)s.") % {"client": client, "month": month})
    open_fen = evidence.missing(client, month)
    return keep(
        lambda target: sum(part.rows for part in evidence.write_evidence(client, month, target)),
        kind=EVIDENCE, name=f"{client.short_name}{month}差额扣除凭证.zip", period=str(month), client=client, by=by,
        remarks=[{"unconfirmed_fen": open_fen}] if open_fen else [],
    )  # fmt: skip


def about(month: Period) -> dict[str, Any]:
    """Return what templates of file names and lines may say of a month."""
    agency = current_agency()
    return {"agency": agency.short_name, "month": str(month), "tax_month": str(month)}


def must_have(records: list[Any], otherwise: str) -> None:
    if not records:
        raise Refused(otherwise)


def must_fit(layout: Layout, records: list[dict[str, Any]], name_field: str) -> None:
    """Raise `Unfit` for what the layout cannot carry."""
    if problems := list(find(layout, in_order(layout, records), name_field)):
        raise Unfit(problems)


def remarks_of(rows: list[FileLayout]) -> list[dict[str, str]]:
    """Return which layouts used still need a check against an official document."""
    return [{"provisional": row.name, "source": row.source} for row in rows if row.provisional]


def _apart_file(purpose: str, kind: ApartKind, month: Period, by: StaffMember) -> MadeFile:
    records = list(tax.taxed_apart(month, kind))
    must_have(records, _("Nothing of this kind is taxed in %(month)s.") % {"month": month})
    return _tax_file(purpose, month, records, by, total_fen=sum(record["income_fen"] for record in records))


def _tax_file(purpose: str, month: Period, records: list[dict[str, Any]], by: Any, total_fen: int = 0) -> MadeFile:
    row = layout_for(purpose, month.last_day)
    layout = read_layout(row.spec)
    must_fit(layout, records, "name")
    summary = about(month) | {"count": len(records), "total_fen": total_fen}
    return keep(
        lambda target: write(layout, in_order(layout, records), summary, target),
        kind=purpose, name=file_name(layout, summary), period=str(month), total_fen=total_fen, by=by,
        remarks=remarks_of([row]),
    )  # fmt: skip
