"""Put a client's payroll on the stage: workers, scheme, attendance, and a run as far as a test needs it."""

import io

from django.core.signing import dumps

from agency.periods import Period
from agency.uploads import vault
from payroll.models import PayrollInput, PayrollRun, PayScheme, Payslip, PayslipDispute
from payroll.payslips.disputes import dispute
from payroll.payslips.links import sign
from payroll.payslips.publishing import publish
from payroll.policies.installing import ensure_policies
from payroll.runs.approving import approve, look_at, submit
from payroll.runs.computing import compute
from payroll.runs.import_views import SALT
from payroll.runs.preparing import open_run
from tests.cast import START, Company, hire

OCTOBER = Period(2026, 10)
HEADERS = "工号,姓名,出勤天数,平日加班小时,周末加班小时,节日加班小时,夜班次数,缺勤天数,津贴,扣款,专项附加扣除"
DAYS = {"days_worked_x100": 22_00}


def scheme(company: Company, client=None, **values):
    """Give a client a pay scheme; the work injury rate of 苏州 is a range, so one must be chosen."""
    values = {"injury_rate": 4_000, "night_shift_fen": 20_00, "minimum_wage_fen": 2_490_00, **values}
    return PayScheme.objects.create(client=client or company.client, valid_from=START, **values)


def sheet(*rows: str, headers: str = HEADERS) -> io.BytesIO:
    """Write an attendance sheet as people send it: "0101,王海波,22,20,16,8,12"."""
    return io.BytesIO("\n".join([headers, *rows]).encode("utf-8-sig"))


def opened(company: Company, period: Period = OCTOBER, client=None, **options) -> PayrollRun:
    """Open a run of the company's first client by its specialist."""
    ensure_policies()
    client = client or company.client
    if not PayScheme.objects.filter(client=client).exists():
        scheme(company, client)
    return open_run(client, period, company.specialist, **options)


def attend(run: PayrollRun, worker, **values) -> PayrollInput:
    """Write a worker's attendance: 22 days unless told otherwise."""
    row, _created = PayrollInput.objects.update_or_create(run=run, worker=worker, defaults=DAYS | values)
    return row


def computed(company: Company, period: Period = OCTOBER, **values) -> PayrollRun:
    """Compute a run in which the company's worker has attended."""
    run = opened(company, period)
    if run.is_open:
        attend(run, company.worker, **values)
    return compute(run, company.specialist) if run.is_open else run


def bonus(company: Company, yuan: int = 36_000, **values) -> PayrollRun:
    """Compute a bonus run in which the company's worker gets so many yuan."""
    run = opened(company, kind="bonus")
    attend(run, company.worker, **{"days_worked_x100": 0, "one_time_fen": yuan * 100, **values})
    return compute(run, company.specialist)


def look_through(run: PayrollRun, by) -> None:
    """Look at everything there is to look at."""
    for slip in Payslip.objects.filter(run=run, attention__gt=0, looked_by=None):
        look_at(slip, by)


def submitted(company: Company, period: Period = OCTOBER, **values) -> PayrollRun:
    run = computed(company, period, **values)
    if not run.is_open:
        return run
    look_through(run, company.specialist)
    return submit(run, company.specialist)


def approved(company: Company, period: Period = OCTOBER, **values) -> PayrollRun:
    run = submitted(company, period, **values)
    return run if run.is_final else approve(run, company.payroll_officer)


def published(company: Company, period: Period = OCTOBER, **values) -> PayrollRun:
    return publish(approved(company, period, **values), company.specialist)


def disputed(company: Company, words: str = "夜班我上了 13 个") -> PayslipDispute:
    """Have the company's worker say that an item of a published payslip is wrong."""
    return dispute(slip_of(published(company), company.worker), words)


def link_of(run: PayrollRun, worker) -> str:
    """Return the token of a worker's payslip."""
    return sign(slip_of(run, worker))


def marked(company: Company) -> str:
    """Keep a marked sheet and return its token."""
    return dumps([opened(company).pk, vault.put(io.BytesIO(b"sheet"))], salt=SALT)


def slip_of(run: PayrollRun, worker) -> Payslip:
    return Payslip.objects.select_related("run__tax_policy").get(run=run, worker=worker)


def employ(company: Company, name: str, serial: int, **options):
    """Hire another worker at the company's first client."""
    return hire(name, serial, company.client, company.site, company.post, **options)
