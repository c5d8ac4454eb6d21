"""Compute and persist one client's run, against a raw COPY of the same rows into a bare table, in the same run.

Two lines: payslips computed and persisted per second (with workings' inputs, history and indexes), and the rows that
COPY alone writes per second. Run it through bin/bench.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import resource
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()

from django.db import connection  # noqa: E402

from agency.models import Agency, StaffMember, StaffRole  # noqa: E402
from agency.periods import Period  # noqa: E402
from agency.permissions import Role  # noqa: E402
from agency.tenancy.context import tenant  # noqa: E402
from benchmarks._people import identity_number  # noqa: E402
from clients.models import ClientEnterprise, Post, Site  # noqa: E402
from payroll.models import PayrollInput, PayrollRun, PayScheme  # noqa: E402
from payroll.policies.installing import install_policies  # noqa: E402
from payroll.runs import computing, preparing  # noqa: E402
from workers.models import BankAccount, InsuranceEnrolment, LabourContract, Placement, Worker  # noqa: E402

WORKERS, REPEATS = 20_000, 3
START, PERIOD = dt.date(2026, 7, 1), Period(2026, 10)
BATCH = 5_000


def main(workers: int) -> int:
    agency, run, officer = prepared(workers)
    seconds = []
    for _turn in range(REPEATS):
        started = time.perf_counter()
        with tenant(agency):
            computing.compute(PayrollRun.objects.get(pk=run.pk), officer)
        seconds.append(time.perf_counter() - started)
    best, copied = min(seconds), raw_copy(agency, run)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    line(
        "payslips.computed_and_persisted", workers / best, best / copied, "raw COPY of the same rows", memory_mb=memory
    )
    line("payslips.raw_copy", workers / copied, 1.0, "itself", memory_mb=memory)
    return 0


def line(name: str, rate: float, ratio: float, ratio_to: str, **more: int) -> None:
    about = {"name": name, "rate": round(rate), "unit": "payslips per second", "ratio": round(ratio, 2)}
    print(json.dumps({**about, "ratio_to": ratio_to, **more}), flush=True)


def prepared(workers: int) -> tuple[Agency, PayrollRun, StaffMember]:
    """Make an agency with one client and so many workers, insured, with attendance."""
    agency = Agency.objects.create(name="测速人力资源有限公司", short_name="测速", slug="payslips")
    with tenant(agency):
        officer = StaffMember.objects.create(name="顾明", phone="13900099001")
        StaffRole.objects.create(staff=officer, role=Role.PAYROLL_OFFICER)
        install_policies()
        client = ClientEnterprise.objects.create(name="测速电子", short_name="测速", credit_code="91320500MA1TE5T09X")
        site, post = Site.objects.create(client=client, name="一厂"), Post.objects.create(client=client, name="操作工")
        PayScheme.objects.create(client=client, valid_from=START, injury_rate=4_000)
        run = preparing.open_run(client, PERIOD, officer)
    for first in range(0, workers, BATCH):
        with tenant(agency):
            _employ(range(first, min(first + BATCH, workers)), client, site, post, run)
        print(f"{min(first + BATCH, workers)} workers", file=sys.stderr)
    return agency, run, officer


def _employ(serials: range, client: ClientEnterprise, site: Site, post: Post, run: PayrollRun) -> None:
    people = Worker.objects.bulk_create(
        Worker(
            name="王海波", employee_no=f"{serial:06d}", identity_number=identity_number(serial),
            birth_date=dt.date(1990, 1, 1), sex="M",
        )
        for serial in serials
    )  # fmt: skip
    LabourContract.objects.bulk_create(LabourContract(worker=worker, valid_from=START) for worker in people)
    Placement.objects.bulk_create(
        Placement(worker=worker, client=client, site=site, post=post, valid_from=START,
                  base_wage_fen=360_000 + 5_000 * (worker.pk % 40))
        for worker in people
    )  # fmt: skip
    InsuranceEnrolment.objects.bulk_create(
        InsuranceEnrolment(worker=worker, city="苏州", base_fen=500_000, housing_fund_base_fen=500_000,
                           housing_fund_rate=50_000, valid_from=START)
        for worker in people
    )  # fmt: skip
    BankAccount.objects.bulk_create(
        BankAccount(worker=worker, bank="工商银行", holder="王海波", number=f"6222{worker.pk:015d}", valid_from=START)
        for worker in people
    )
    PayrollInput.objects.bulk_create(
        PayrollInput(run=run, worker=worker, days_worked_x100=1800, overtime_weekday_x100=100 * (worker.pk % 20))
        for worker in people
    )


def raw_copy(agency: Agency, run: PayrollRun) -> float:
    """Return the seconds COPY needs for the very rows the run wrote, into a table without index or policy."""
    seconds = []
    with tenant(agency), connection.cursor() as cursor:
        rows = io.StringIO()
        cursor.copy_expert(f"COPY (SELECT * FROM payroll_payslip WHERE run_id = {run.pk:d}) TO STDOUT", rows)
        for turn in range(REPEATS):
            cursor.execute(f"CREATE TEMPORARY TABLE bare{turn} AS SELECT * FROM payroll_payslip WITH NO DATA")
            rows.seek(0)
            started = time.perf_counter()
            cursor.copy_expert(f"COPY bare{turn} FROM STDIN", rows)
            seconds.append(time.perf_counter() - started)
    return min(seconds)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else WORKERS))
