"""Measure the import of a large roster: the dry run, the import, the same file again, and a file full of flaws.

Each step runs in a process of its own, as a worker would, and must stay below 500 MB. The rate is rows a second; the
ratio is to reading the bare cells of the same file, `to_floor` to that and what PostgreSQL alone takes for the rows.
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

from agency.models import Agency, StaffMember, StaffRole, Upload  # noqa: E402
from agency.permissions import Role  # noqa: E402
from agency.tenancy.context import tenant  # noqa: E402
from agency.uploads.checking import check_upload  # noqa: E402
from agency.uploads.committing import commit_upload  # noqa: E402
from agency.uploads.models import State  # noqa: E402
from agency.uploads.receiving import receive  # noqa: E402
from agency.uploads.telling import Teller  # noqa: E402
from benchmarks._floor import floor_seconds  # noqa: E402
from benchmarks._memory import peak_megabytes  # noqa: E402
from benchmarks.spreadsheets import LEFT_OUT, bare, person  # noqa: E402
from clients.models import ClientEnterprise  # noqa: E402
from workers.imports.changes import ORDER  # noqa: E402
from workers.imports.kind import ROSTER_UPLOAD  # noqa: E402
from workers.imports.roster_columns import ROSTER  # noqa: E402

ROWS, MOST_MEGABYTES, SLUG = 100_000, 500, "roster-bench"


def write_roster(path: Path, rows: int, *, flawed: bool = False) -> None:
    """Write a roster of all columns, all correct, or with three bad cells in every row."""
    headers = [column.header for column in ROSTER.columns if column.header not in LEFT_OUT]
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("花名册")
        dates = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, [*headers, *LEFT_OUT])
        for line in range(1, rows + 1):
            for index, value in enumerate([*person(line, flawed), 5]):
                if isinstance(value, dt.date):
                    sheet.write_datetime(line, index, value, dates)
                else:
                    sheet.write(line, index, value)


def make_agency() -> None:
    """Make an agency with the forty clients of the roster."""
    agency = Agency.objects.create(name="测算人力资源有限公司", short_name="测算", slug=SLUG)
    with tenant(agency):
        staff = StaffMember.objects.create(name="林晓", phone="13900019999")
        StaffRole.objects.create(staff=staff, role=Role.ADMINISTRATOR)
        for number in range(40):
            name = f"澄光电子（苏州）有限公司第{number}厂"
            ClientEnterprise.objects.create(
                name=name, short_name=f"澄光{number}", credit_code=f"91320500MA1BE{number:05d}"
            )


def take(path: str, *, check: bool = True, commit: bool = False) -> Upload:
    agency = Agency.objects.get(slug=SLUG)
    with tenant(agency):
        if check:
            staff = StaffMember.objects.get()
            with Path(path).open("rb") as file:
                upload = receive(ROSTER_UPLOAD, file, "roster.xlsx", staff, {"period": "2026-11"})
        else:
            upload = Upload.objects.filter(state=State.CHECKED).latest("pk")
    if check:
        check_upload(upload.pk, agency.pk, Teller())
    if commit:
        with tenant(agency):
            clean = Upload.objects.filter(pk=upload.pk, state=State.CHECKED, error_count=0)
            assert clean.update(state=State.COMMITTING, committed_by=upload.uploaded_by)
        commit_upload(upload.pk, agency.pk, Teller())
    with tenant(agency):
        upload.refresh_from_db()
    return upload


def step(name: str, path: str) -> int:
    """Run one step; return what it has counted."""
    if name == "bare":
        return bare(path)
    if name == "check":
        return take(path).rows
    if name == "import":
        return take(path, check=False, commit=True).rows
    if name == "again":
        return take(path, commit=True).rows
    return take(path).error_count


def floor() -> float:
    with tenant(Agency.objects.get(slug=SLUG)):
        return floor_seconds(ORDER)


def measure(name: str, path: Path) -> dict[str, float]:
    """Run one step in a fresh process; return its count, seconds and peak megabytes."""
    command = [sys.executable, __file__, name, str(path)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def main(rows: int) -> int:
    make_agency()
    fine = True
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MEDIA_ROOT"] = folder
        path, flawed = Path(folder) / "roster.xlsx", Path(folder) / "flawed.xlsx"
        write_roster(path, rows)
        write_roster(flawed, rows, flawed=True)
        seconds_bare = measure("bare", path)["seconds"]
        results = {"check": measure("check", path), "import": measure("import", path)}
        least = seconds_bare + measure("floor", path)["seconds"]
        # All that a person waits for: from the upload to the commit.
        results["whole"] = {
            "seconds": sum(result["seconds"] for result in results.values()),
            "megabytes": max(result["megabytes"] for result in results.values()),
            "counted": rows,
        }
        results |= {"again": measure("again", path), "flawed": measure("flawed", flawed)}
        for name, result in results.items():
            fine &= result["megabytes"] < MOST_MEGABYTES
            figures = {
                "name": f"roster_{name}",
                "rate": round(rows / result["seconds"]),
                "unit": "rows/s",
                "ratio": round(result["seconds"] / seconds_bare, 1),
                "ratio_to": "bare reading",
                "to_floor": round(result["seconds"] / least, 1),
                "seconds": round(result["seconds"], 1),
                "megabytes": round(result["megabytes"]),
                "counted": result["counted"],
            }
            print(json.dumps(figures), flush=True)
    return 0 if fine else 1


if __name__ == "__main__":
    if len(sys.argv) == 3:
        began = time.perf_counter()
        if sys.argv[1] == "floor":
            counted, seconds = 0, floor()
        else:
            counted = step(sys.argv[1], sys.argv[2])
            seconds = time.perf_counter() - began
        print(json.dumps({"counted": counted, "seconds": seconds, "megabytes": peak_megabytes()}))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) == 2 else ROWS))
