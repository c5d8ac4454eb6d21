"""Measure the import of an attendance sheet into a run: read, checked and committed at once, and the same sheet again.

The ratio is to reading the bare cells of the same sheet in the same run; `to_floor` is to that and what PostgreSQL
alone takes for the rows.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()

import xlsxwriter  # noqa: E402

from agency.models import Agency, StaffMember  # noqa: E402
from agency.periods import Period  # noqa: E402
from agency.tenancy.context import tenant  # noqa: E402
from benchmarks._floor import floor_seconds  # noqa: E402
from benchmarks._memory import peak_megabytes  # noqa: E402
from benchmarks._people import fill, identity_number, refresh_statistics  # noqa: E402
from benchmarks.spreadsheets import bare  # noqa: E402
from clients.models import ClientEnterprise, Post  # noqa: E402
from payroll.models import PayrollInput, PayrollRun  # noqa: E402
from payroll.runs.importing import import_attendance  # noqa: E402
from payroll.runs.preparing import open_run  # noqa: E402
from workers.models import Placement, Worker  # noqa: E402

SIZES, SLUG = (20_000, 100_000), "attendance"
START, PERIOD = dt.date(2026, 1, 1), Period(2026, 10)
HEADERS = [
    "工号",
    "姓名",
    "身份证号",
    "出勤天数",
    "缺勤天数",
    "平时加班小时",
    "休息日加班小时",
    "夜班次数",
    "津贴",
    "扣款",
]


def prepare(workers: int) -> str:
    """Make an agency whose workers are all at one client, with an open run; return its slug."""
    agency = fill(f"{SLUG}{workers}", workers)
    with tenant(agency):
        client = ClientEnterprise.objects.order_by("pk")[0]
        post = Post.objects.get(client=client)
        Placement.objects.all().delete()
        keys = Worker.objects.values_list("pk", flat=True)
        rows = (Placement(worker_id=key, client=client, post=post, valid_from=START) for key in keys)
        Placement.objects.bulk_create(rows, batch_size=5000)
        open_run(client, PERIOD, StaffMember.objects.order_by("pk")[0])
    refresh_statistics()
    return agency.slug


def write_sheet(path: Path, slug: str) -> None:
    with tenant(Agency.objects.get(slug=slug)):
        people = list(Worker.objects.order_by("employee_no").values_list("employee_no", "name"))
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("考勤")
        sheet.write_row(0, 0, HEADERS)
        for line, (number, name) in enumerate(people, 1):
            sheet.write_string(line, 0, number)
            figures = [22 - line % 3, line % 3, line % 37, line % 9, line % 12, line % 5 * 100, line % 400 / 4]
            sheet.write_row(line, 1, [name, identity_number(int(number)), *figures])


def take(path: str, slug: str) -> int:
    """Import the sheet; return how many workers it had."""
    with tenant(Agency.objects.get(slug=slug)):
        run, staff = PayrollRun.objects.get(), StaffMember.objects.order_by("pk")[0]
        checked = import_attendance(run, Path(path), staff)
        assert checked.is_clean, [str(error.reason) for error in checked.report.errors[:3]] or checked.problems
        return checked.report.rows


def floor(slug: str) -> float:
    with tenant(Agency.objects.get(slug=slug)):
        return floor_seconds([PayrollInput])


def measure(step: str, path: Path, slug: str) -> dict[str, float]:
    """Run one step in a fresh process; return its seconds and peak megabytes."""
    command = [sys.executable, __file__, step, str(path), slug]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def main(sizes: tuple[int, ...]) -> None:
    for workers in sizes:
        slug = prepare(workers)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "attendance.xlsx"
            write_sheet(path, slug)
            results = {step: measure(step, path, slug) for step in ("bare", "import", "floor", "again")}
        least = results["bare"]["seconds"] + results["floor"]["seconds"]
        for step, result in results.items():
            line = {
                "name": f"attendance_{step}_{workers}",
                "rate": round(workers / result["seconds"]),
                "unit": "rows/s",
                "ratio": round(result["seconds"] / results["bare"]["seconds"], 1),
                "ratio_to": "bare reading",
                "to_floor": round(result["seconds"] / least, 1),
                "seconds": round(result["seconds"], 2),
                "megabytes": round(result["megabytes"]),
            }
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 4:
        began = time.perf_counter()
        if sys.argv[1] == "floor":
            seconds = floor(sys.argv[3])
        else:
            bare(sys.argv[2]) if sys.argv[1] == "bare" else take(*sys.argv[2:])
            seconds = time.perf_counter() - began
        print(json.dumps({"seconds": seconds, "megabytes": peak_megabytes()}))
    else:
        main(tuple(map(int, sys.argv[1:])) or SIZES)
