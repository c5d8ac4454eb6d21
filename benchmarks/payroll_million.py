"""Measure a whole agency's month: many client runs through Celery, its processes killed at random on the way.

`payroll_million.py [WORKERS] [RUNS] [KILLS]`, small unless told: 1000000 400 10 is the full size. Two worker processes;
a killed one leaves its run to the other. Nothing may be lost or paid twice, and the last runs may not be slower than
the first.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from collections.abc import Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()

from django.db import close_old_connections  # noqa: E402
from django.db.models import Sum  # noqa: E402

from agency.models import Agency, BackgroundJob, StaffMember  # noqa: E402
from agency.periods import Period  # noqa: E402
from agency.tenancy.context import tenant  # noqa: E402
from benchmarks._people import fill, new_client, refresh_statistics  # noqa: E402
from payroll.models import PayrollInput, PayrollRun, PayScheme, Payslip  # noqa: E402
from payroll.runs.jobs import compute_run  # noqa: E402
from payroll.runs.preparing import open_run  # noqa: E402
from workers.models import BankAccount, InsuranceEnrolment, Placement, Worker  # noqa: E402

WORKERS, RUNS, KILLS = 4_000, 16, 3
PROCESSES, BATCH, SEED = 2, 5_000, 20261123
START, PERIOD = dt.date(2026, 1, 1), Period(2026, 10)
# The second half of the runs may take so much longer than the first, for each worker.
LIMIT_SLOWER = 1.5
PATIENCE_SECONDS = 3_600


def main(workers: int, runs: int, kills: int) -> int:
    """Print the figures; return 1 when a payslip is lost, made twice, or the work does not grow evenly."""
    agency = fill("million", workers)
    with tenant(agency):
        staff = StaffMember.objects.order_by("pk")[0]
        ids = [open_at(number, keys, staff) for number, keys in enumerate(shares(runs))]
    refresh_statistics()
    start = time.perf_counter()
    with tenant(agency):
        for run in PayrollRun.objects.filter(pk__in=ids):
            compute_run.start(by=staff, key=str(run.pk), run_id=run.pk, by_id=staff.pk)
    with celery() as parent:
        killed = work_off(agency, runs, kills, parent)
    seconds = time.perf_counter() - start
    slips, summed, whole = count(agency)
    slower = evenness(agency)
    report("payroll_million.payslips", slips / seconds, "payslips/s", slips / workers, "workers")
    report("payroll_million.killed", killed, "processes", killed / max(kills, 1), "kills wanted")
    report("payroll_million.evenness", slower, "median gap, later to earlier half", slower / LIMIT_SLOWER, "limit")
    return 0 if (slips, summed, killed) == (workers, whole, kills) and slower <= LIMIT_SLOWER else 1


def shares(runs: int) -> list[list[int]]:
    """Divide the agency's workers among so many clients."""
    keys = list(Worker.objects.order_by("pk").values_list("pk", flat=True))
    Placement.objects.all().delete()
    return [keys[number::runs] for number in range(runs)]


def open_at(number: int, keys: list[int], staff: StaffMember) -> int:
    """Place workers at a client of their own with insurance, account and attendance; return the run opened for them."""
    client, _sites, post = new_client("many", number)
    PayScheme.objects.create(client=client, valid_from=START, injury_rate=4_000, night_shift_fen=2_000)
    common = {"valid_from": START}
    rows = {
        Placement: {"client": client, "post": post, "base_wage_fen": 360_000, **common},
        InsuranceEnrolment: {"city": "苏州", "base_fen": 500_000, "housing_fund_base_fen": 500_000,
                             "housing_fund_rate": 50_000, **common},
        BankAccount: {"bank": "工商银行", "holder": "本人", "number": "6222000000000000", **common},
    }  # fmt: skip
    for model, values in rows.items():
        model.objects.bulk_create([model(worker_id=key, **values) for key in keys], batch_size=BATCH)
    run = open_run(client, PERIOD, staff)
    PayrollInput.objects.bulk_create(
        [PayrollInput(run=run, worker_id=key, days_worked_x100=2200, night_shifts=key % 13) for key in keys],
        batch_size=BATCH,
    )
    return run.pk


@contextmanager
def celery() -> Iterator[subprocess.Popen[bytes]]:
    """Run a Celery worker with its processes."""
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", str(PROCESSES), "-l", "ERROR"]
    parent = subprocess.Popen(command, stdout=sys.stderr, stderr=sys.stderr)
    try:
        yield parent
    finally:
        parent.terminate()
        parent.wait()


def work_off(agency: Agency, runs: int, kills: int, parent: subprocess.Popen[bytes]) -> int:
    """Wait until all runs are computed, and kill a working process now and then; return how many were killed."""
    dice, killed, until = random.Random(SEED), 0, time.monotonic() + PATIENCE_SECONDS
    while (done := finished(agency)) < runs:
        if parent.poll() is not None:
            raise RuntimeError(f"the Celery worker ended after {done} of {runs} runs")
        if time.monotonic() > until:
            raise TimeoutError(f"{done} of {runs} runs in {PATIENCE_SECONDS} seconds")
        if killed < kills and done > killed * runs // (kills + 1):
            time.sleep(dice.uniform(0.05, 0.3))
            killed += kill_one(parent.pid, dice)
        time.sleep(0.1)
    return killed


def kill_one(parent: int, dice: random.Random) -> int:
    """Kill -9 one of the processes under a parent; return 1, or 0 when there is none yet."""
    found = subprocess.run(["pgrep", "-P", str(parent)], capture_output=True, text=True, check=False)
    children = found.stdout.split()
    if len(children) < PROCESSES:
        return 0
    with suppress(ProcessLookupError):
        os.kill(int(dice.choice(children)), signal.SIGKILL)
    return 1


def finished(agency: Agency) -> int:
    close_old_connections()
    with tenant(agency):
        return PayrollRun.objects.filter(state="computed").count()


def count(agency: Agency) -> tuple[int, int, int]:
    """Return the payslips of the month, the sum of their net wages, and the sum the runs keep."""
    with tenant(agency):
        slips = Payslip.objects.filter(run__period=str(PERIOD), errors=0)
        summed = slips.aggregate(fen=Sum("net_fen"))["fen"]
        return slips.count(), int(summed or 0), sum(run.totals["net_fen"] for run in PayrollRun.objects.all())


def evenness(agency: Agency) -> float:
    """Return how much longer it took from one finished run to the next in the later half than in the earlier.

    Medians, so that a killed process does not count as slowness; runs done at the second attempt are left out.
    """
    with tenant(agency):
        jobs = BackgroundJob.objects.filter(kind="payroll.compute", attempt=1).exclude(finished_at=None)
        ends = list(jobs.order_by("finished_at").values_list("finished_at", flat=True))
    gaps = [(after - before).total_seconds() for before, after in pairwise(ends)]
    half = len(gaps) // 2
    return median(gaps[-half:]) / median(gaps[:half]) if half else 1.0


def report(name: str, rate: float, unit: str, ratio: float, ratio_to: str) -> None:
    line = {"name": name, "rate": round(rate, 1), "unit": unit, "ratio": round(ratio, 2), "ratio_to": ratio_to}
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    sizes = [int(value) for value in sys.argv[1:]]
    sys.exit(main(*sizes, *(WORKERS, RUNS, KILLS)[len(sizes) :]))
