"""Measure a run of 20,000 workers: payslips computed and stored a second, against COPY of the same rows.

Computed for the first time, again after everybody's figures have changed, and again when nothing has.

The raw COPY goes into a table without indexes, keys or policies in the same session: the least that storing them can
cost. Run it through bin/bench.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from typing import BinaryIO

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()

from django.db import connection  # noqa: E402
from django.db.models import F  # noqa: E402

from agency.models import Agency, StaffMember  # noqa: E402
from agency.periods import Period  # noqa: E402
from agency.tenancy.context import tenant  # noqa: E402
from benchmarks._database import as_owner, vacuum  # noqa: E402
from benchmarks._memory import forget_peak, peak_megabytes  # noqa: E402
from benchmarks._people import fill  # noqa: E402
from benchmarks._report import report  # noqa: E402
from clients.models import ClientEnterprise, Post  # noqa: E402
from payroll.models import PayrollInput, PayrollRun, PayScheme  # noqa: E402
from payroll.runs.computing import compute  # noqa: E402
from payroll.runs.preparing import open_run  # noqa: E402
from workers.models import BankAccount, InsuranceEnrolment, Placement, Worker  # noqa: E402

WORKERS, REPEATS = 20_000, 7
SAME_ROWS = "raw COPY of the same rows"
LIMIT_RATIO, LIMIT_MEGABYTES = 4.0, 300
START, PERIOD = dt.date(2026, 1, 1), Period(2026, 10)
TABLES = (
    "payroll_payslip",
    "payroll_payrollinput",
    "workers_placement",
    "workers_insuranceenrolment",
    "workers_bankaccount",
)


def main(workers: int) -> int:
    """Print the figures; return 1 when one is beyond its limit."""
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:  # what filling holds shall not count
        agency, run, staff = apart.submit(filled, workers).result()
    before = forget_peak()
    times = {"store": [], "again": [], "unchanged": [], "copy": []}
    for _repeat in range(REPEATS):
        empty(agency, run)
        times["store"].append(computed(agency, run, staff))
        times["copy"].append(copied(dump(agency)))
        times["unchanged"].append(computed(agency, run, staff))
        raise_everybody(agency, run)
        times["again"].append(computed(agency, run, staff))
    peak = peak_megabytes()
    best = {name: min(seconds) for name, seconds in times.items()}
    ratios = {name: seconds / best["copy"] for name, seconds in best.items()}
    report("payslips.compute_and_store", workers / best["store"], "payslips/s", ratios["store"], SAME_ROWS)
    report("payslips.compute_again", workers / best["again"], "payslips/s", ratios["again"], SAME_ROWS)
    report("payslips.compute_unchanged", workers / best["unchanged"], "payslips/s", ratios["unchanged"], SAME_ROWS)
    report("payslips.raw_copy", workers / best["copy"], "rows/s", 1.0, "itself")
    report("payslips.peak_memory", peak, "MB", peak / before, "before computing")
    return 0 if max(ratios.values()) <= LIMIT_RATIO and peak <= LIMIT_MEGABYTES else 1


def filled(workers: int) -> tuple[Agency, PayrollRun, StaffMember]:
    """Make an agency with so many workers at one client, and the run to compute."""
    agency = fill("payroll", workers)
    with tenant(agency):
        return agency, place_at_one_client(workers), StaffMember.objects.order_by("pk")[0]


def place_at_one_client(workers: int) -> PayrollRun:
    """Move everybody to one client, insure them, and write their attendance."""
    client = ClientEnterprise.objects.order_by("pk")[0]
    post = Post.objects.get(client=client)
    Placement.objects.all().delete()
    keys = list(Worker.objects.order_by("pk").values_list("pk", flat=True))
    common = {"valid_from": START}
    rows = {
        Placement: {"client": client, "post": post, "base_wage_fen": 360_000, **common},
        InsuranceEnrolment: {
            "city": "苏州", "base_fen": 500_000, "housing_fund_base_fen": 500_000, "housing_fund_rate": 50_000,
            **common,
        },
    }  # fmt: skip
    for model, values in rows.items():
        model.objects.bulk_create([model(worker_id=key, **values) for key in keys], batch_size=5000)
    accounts = (
        BankAccount(worker_id=key, bank="工商银行", holder="本人", number=f"6222{key:012d}", **common) for key in keys
    )
    BankAccount.objects.bulk_create(accounts, batch_size=5000)
    PayScheme.objects.create(client=client, valid_from=START, injury_rate=4_000, night_shift_fen=2_000)
    run = open_run(client, PERIOD, StaffMember.objects.order_by("pk")[0])
    PayrollInput.objects.bulk_create(
        [
            PayrollInput(
                run=run, worker_id=key, days_worked_x100=2200, overtime_weekday_x100=key % 30 * 100,
                overtime_rest_day_x100=key % 3 * 800, night_shifts=key % 13, allowances_fen=key % 5 * 10_000,
            )
            for key in keys
        ],
        batch_size=5000,
    )  # fmt: skip
    return run


def computed(agency: Agency, run: PayrollRun, staff: StaffMember) -> float:
    """Return the seconds of computing and storing a whole run, commit included."""
    start = time.perf_counter()
    with tenant(agency):
        compute(run, staff)
    return time.perf_counter() - start


def raise_everybody(agency: Agency, run: PayrollRun) -> None:
    """Change every worker's figures, so that each payslip must be written again."""
    with tenant(agency):
        PayrollInput.objects.filter(run=run).update(allowances_fen=F("allowances_fen") + 100)
    vacuum(["payroll_payrollinput"])


def empty(agency: Agency, run: PayrollRun) -> None:
    with tenant(agency), connection.cursor() as cursor:  # in place: reading them first would count as memory
        cursor.execute("DELETE FROM payroll_payslip WHERE run_id = %s", [run.pk])
    vacuum(TABLES)


def dump(agency: Agency) -> BinaryIO:
    """Return the stored payslips as a file of COPY's text."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 (its reader closes it)
    with tenant(agency), connection.cursor() as cursor:
        cursor.copy_expert("COPY (SELECT * FROM payroll_payslip) TO STDOUT", target)
    target.seek(0)
    return target


def copied(text: BinaryIO) -> float:
    """Return the seconds of one COPY, commit included, into a table without indexes, keys or policies."""
    with text, closing(as_owner()) as own, own.cursor() as cursor:
        cursor.execute("CREATE TABLE payslips_raw AS SELECT * FROM payroll_payslip WITH NO DATA")
        own.commit()
        start = time.perf_counter()
        cursor.copy_expert("COPY payslips_raw FROM STDIN", text)
        own.commit()
        seconds = time.perf_counter() - start
        cursor.execute("DROP TABLE payslips_raw")
        own.commit()
    return seconds


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else WORKERS))
