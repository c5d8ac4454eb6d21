"""Measure a whole agency's month: many client runs through Celery, its processes killed at random on the way.

`payroll_million.py [WORKERS] [RUNS] [KILLS]`, unless told 1000000 400 10. Two worker processes; a killed one leaves its
run to the other after JOB_SILENCE_SECONDS. Nothing may be lost or paid twice; the last quarter of the runs may not be
slower than the first, nor the whole than a tenth of it.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from collections.abc import Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
os.environ.setdefault("JOB_SILENCE_SECONDS", "5")  # a run takes less than one
django.setup()

from django.db import close_old_connections  # noqa: E402
from django.db.models import Count, Sum  # noqa: E402

from agency.models import Agency, BackgroundJob, StaffMember  # noqa: E402
from agency.periods import Period  # noqa: E402
from agency.tenancy.context import tenant  # noqa: E402
from benchmarks._many import fill_many  # noqa: E402
from benchmarks._people import fill, new_client  # noqa: E402
from benchmarks._report import report  # noqa: E402
from payroll.models import PayrollInput, PayrollRun, PayScheme, Payslip  # noqa: E402
from payroll.runs.jobs import compute_run  # noqa: E402
from payroll.runs.preparing import open_run  # noqa: E402
from workers.models import BankAccount, InsuranceEnrolment, Worker  # noqa: E402

WORKERS, RUNS, KILLS = 1_000_000, 400, 10
PROCESSES, SEED = 2, 20261123
START, PERIOD = dt.date(2026, 1, 1), Period(2026, 10)
# The last quarter of the runs, and the whole against a tenth of it, may take so much longer for each payslip.
LIMIT_SLOWER = 1.3
PATIENCE_SECONDS = 3_600


@dataclass
class Month:
    """A month that was worked off: payslips a second, in the last quarter against the first, and what went wrong."""

    seconds: float
    slower: float
    killed: int
    repeated: int
    slips: int
    whole: bool


def main(workers: int, runs: int, kills: int) -> int:
    """Print the figures; return 1 when a payslip is lost, made twice, or the work does not grow evenly."""
    with celery() as parent:
        tenth = month("tenth", workers // 10, runs // 10, 0, parent)
        whole = month("whole", workers, runs, kills, parent)
    growth = (whole.seconds / whole.slips) / (tenth.seconds / tenth.slips)
    rate = whole.slips / whole.seconds
    report("payroll_million.payslips", rate, "payslips/s", whole.slips / workers, "workers", runs=runs)
    report("payroll_million.tenth", tenth.slips / tenth.seconds, "payslips/s", tenth.slips * 10 / workers, "workers")
    report("payroll_million.growth", growth, "time a payslip, whole to tenth", growth / LIMIT_SLOWER, "limit")
    report(
        "payroll_million.evenness",
        whole.slower,
        "time a payslip, last to first quarter",
        whole.slower / LIMIT_SLOWER,
        "limit",
    )
    report(
        "payroll_million.killed",
        whole.killed,
        "processes",
        whole.killed / max(kills, 1),
        "kills wanted",
        runs_repeated=whole.repeated,
    )
    right = int(whole.whole) + int(tenth.whole)
    report("payroll_million.complete", right, "months with each worker paid once and equal sums", right / 2, "both")
    complete = whole.whole and tenth.whole and (tenth.slips, whole.slips) == (workers // 10, workers)
    return 0 if complete and whole.killed == kills and max(growth, whole.slower) <= LIMIT_SLOWER else 1


def month(slug: str, workers: int, runs: int, kills: int, parent: subprocess.Popen[bytes]) -> Month:
    """Fill an agency, send all its runs, and wait until they are computed."""
    began = time.perf_counter()
    agency = fill(slug, 1)
    with tenant(agency):
        staff = StaffMember.objects.order_by("pk")[0]
        places = [open_at(number, staff) for number in range(runs)]
    fill_many(agency, workers, places)
    with tenant(agency):
        _remove_template()
    report(f"payroll_million.fill_{slug}", workers / (time.perf_counter() - began), "workers/s", 1.0, "itself")
    start = time.perf_counter()
    with tenant(agency):
        for run in PayrollRun.objects.all():
            compute_run.start(by=staff, key=str(run.pk), run_id=run.pk, by_id=staff.pk)
    killed = work_off(agency, runs, kills, parent)
    seconds = time.perf_counter() - start
    with tenant(agency):
        jobs = BackgroundJob.objects.filter(kind="payroll.compute")
        return Month(
            seconds, evenness(), killed, jobs.filter(attempt__gt=1).count(), Payslip.objects.count(), complete()
        )


def open_at(number: int, staff: StaffMember) -> tuple[int, int, int]:
    """Open a client and its run; the first one gets the worker that all others are like."""
    client, _sites, post = new_client("many", number)
    PayScheme.objects.create(client=client, valid_from=START, injury_rate=4_000, night_shift_fen=2_000)
    run = open_run(client, PERIOD, staff)
    if number == 0:
        worker = Worker.objects.get()
        common = {"worker": worker, "valid_from": START}
        InsuranceEnrolment.objects.create(
            city="苏州", base_fen=500_000, housing_fund_base_fen=500_000, housing_fund_rate=50_000, **common
        )
        BankAccount.objects.create(bank="工商银行", holder="本人", number="6222000000000000", **common)
        PayrollInput.objects.create(run=run, worker=worker, days_worked_x100=2200)
        worker.placements.exclude(pk=worker.placements.order_by("pk")[0].pk).delete()
        worker.placements.update(valid_from=START, valid_to=None, base_wage_fen=360_000)
        worker.contracts.update(valid_from=START, valid_to=None)
    return client.pk, post.pk, run.pk


def _remove_template() -> None:
    """Take the worker all others are like out of the month."""
    PayrollInput.objects.order_by("pk")[0].delete()


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
        return BackgroundJob.objects.filter(kind="payroll.compute", state="done").count()


def complete() -> bool:
    """Say whether each worker of each run has one payslip without an error, and the runs' sums are the payslips'."""
    slips = Payslip.objects.filter(run__period=str(PERIOD), errors=0)
    summed = slips.aggregate(fen=Sum("net_fen"), workers=Count("worker", distinct=True), all=Count("pk"))
    of_runs = [(run.headcount, run.totals["net_fen"]) for run in PayrollRun.objects.all()]
    inputs = PayrollInput.objects.count()
    return (summed["all"], summed["workers"], int(summed["fen"] or 0)) == (
        inputs, inputs, sum(fen for _heads, fen in of_runs)
    ) and sum(heads for heads, _fen in of_runs) == inputs  # fmt: skip


def evenness() -> float:
    """Return how much longer a quarter of the runs took at the end than at the beginning; repeated ones left out."""
    jobs = BackgroundJob.objects.filter(kind="payroll.compute", attempt=1).exclude(finished_at=None)
    ends = list(jobs.order_by("finished_at").values_list("finished_at", flat=True))
    quarter = len(ends) // 4
    if not quarter:
        return 1.0
    first, last = ends[quarter] - ends[0], ends[-1] - ends[-1 - quarter]
    return last / first


if __name__ == "__main__":
    sizes = [int(value) for value in sys.argv[1:]]
    sys.exit(main(*sizes, *(WORKERS, RUNS, KILLS)[len(sizes) :]))
