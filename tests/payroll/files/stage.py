"""Files and batches as far as a test needs them."""

import datetime as dt

from agency.uploads import vault
from payroll.files.batches import make_batch
from payroll.files.installing import layouts_for
from payroll.files.making import make_ledger
from payroll.files.outside import pay_outside
from payroll.files.releasing import release
from payroll.models import BankBatch, MadeFile, PaidOutside, PayrollRun
from payroll.runs.approving import approve, submit
from tests.cast import Company
from tests.payroll.runs.stage import OCTOBER, approved, attend, compute, employ, look_through, opened

DAY = dt.date(2026, 11, 15)
NAMES = ("王海波", "陈志强", "李秀兰", "赵敏")


def layout(key: str = "generic"):
    return next(row for row in layouts_for("bank", DAY) if row.key == key)


def crew(company: Company, names=NAMES, wage_fen: int = 360_000) -> PayrollRun:
    """Approve October of several workers; the first is the company's own."""
    workers = [company.worker] + [employ(company, name, 310 + n, wage_fen=wage_fen) for n, name in enumerate(names[1:])]
    run = opened(company, OCTOBER)
    for worker in workers:
        attend(run, worker)
    run = compute(run, company.specialist)
    look_through(run, company.specialist)
    return approve(submit(run, company.specialist), company.payroll_officer)


def batch(company: Company, key: str = "generic", run: PayrollRun | None = None) -> BankBatch:
    """Make a batch by the specialist."""
    found = BankBatch.objects.filter(run__client=company.client).first()
    return found or make_batch(run or approved(company), layout(key), company.specialist)


def released(company: Company, key: str = "generic", run: PayrollRun | None = None) -> BankBatch:
    """Release a batch by the payroll officer."""
    made = batch(company, key, run)
    return release(made, company.payroll_officer) if made.state == "made" else made


def ledger(company: Company) -> MadeFile:
    run = approved(company)
    return MadeFile.objects.filter(run=run, kind="ledger").first() or make_ledger(run, company.payroll_officer)


def outside(company: Company) -> PaidOutside:
    """Pay the company's run in cash, without a proof yet."""
    found = PaidOutside.objects.filter(run__client=company.client).first()
    return found or pay_outside(approved(company), "cash", "现场发现金", company.payroll_officer)


def content(made: BankBatch) -> bytes:
    """Return the file of a batch as it is kept."""
    return vault.get(made.file.stored).read()
