"""Measure the dry run of a large roster: time against bare reading, and peak memory.

Each step runs in a process of its own: `bin/bench spreadsheets`.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter
from stdnum import luhn
from stdnum.iso7064 import mod_11_2

from benchmarks._memory import peak_megabytes
from workers.imports.roster_columns import ROSTER

LEFT_OUT = {"公积金比例"}


def write_roster(path: Path, rows: int, *, flawed: bool = False) -> None:
    """Write a roster of 20 columns, all correct, or with three bad cells in every row."""
    columns = [column for column in ROSTER.columns if column.header not in LEFT_OUT]
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("花名册")
        dates = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, [column.header for column in columns])
        for line in range(1, rows + 1):
            for index, value in enumerate(person(line, flawed)):
                if isinstance(value, dt.date):
                    sheet.write_datetime(line, index, value, dates)
                else:
                    sheet.write(line, index, value)


def person(line: int, flawed: bool) -> list[object]:
    born = dt.date(1970, 1, 1) + dt.timedelta(days=line % 12_000)
    stem = f"320502{born:%Y%m%d}{line // 12_000:03}"
    start = dt.date(2025, 1, 1) + dt.timedelta(days=line % 300)
    return [
        f"{line:07}",
        f"员工{line}",
        stem + ("" if flawed else mod_11_2.calc_check_digit(stem)),
        f"138{line:0{7 if flawed else 8}}",
        ("城镇", "农村")[line % 2],
        f"澄光电子（苏州）有限公司第{line % 40}厂",
        f"{line % 9}号车间",
        "装配工",
        "辅助性",
        start,
        "2028年1月4日",
        "",
        start,
        "2028/1/4",
        "苏州",
        "面议" if flawed else 4494,
        "4,494.00",
        2490.5,
        "中国工商银行苏州工业园区支行",
        f"6222021234{line:08}" + luhn.calc_check_digit(f"6222021234{line:08}"),
    ]


def bare(path: str) -> int:
    from python_calamine import CalamineWorkbook

    return sum(1 for _row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())


def dry_run(path: str) -> int:
    from agency.spreadsheets.checking import DryRun
    from agency.spreadsheets.opening import open_upload
    from agency.spreadsheets.uploads import prepare

    upload = prepare(open_upload(Path(path)), ROSTER)
    return DryRun(upload.sheet, ROSTER, upload.headers, upload.mapping).run().rows


def annotated(path: str) -> int:
    from agency.spreadsheets.annotating import annotate
    from agency.spreadsheets.checking import DryRun
    from agency.spreadsheets.opening import open_upload
    from agency.spreadsheets.uploads import prepare

    upload = prepare(open_upload(Path(path)), ROSTER)
    report = DryRun(upload.sheet, ROSTER, upload.headers, upload.mapping).run()
    with tempfile.TemporaryDirectory() as folder:
        annotate(upload, report, Path(folder) / "annotated.xlsx")
    return len(report.errors) + len(report.warnings)


def measure(step: str, path: Path) -> dict[str, float]:
    """Run one step in a fresh process; return its result, seconds and peak megabytes."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.spreadsheets", step, str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout)


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, flawed = Path(folder) / "roster.xlsx", Path(folder) / "flawed.xlsx"
        write_roster(path, rows)
        write_roster(flawed, rows, flawed=True)
        results = {step: measure(step, path) for step in ("bare", "dry_run")}
        results["annotated"] = measure("annotated", flawed)
    for step, result in results.items():
        line = {
            "name": f"spreadsheets.{step}",
            "rate": round(rows / result["seconds"]),
            "unit": "rows/s",
            "ratio": round(result["seconds"] / results["bare"]["seconds"], 1),
            "ratio_to": "time of bare reading",
            "rows": rows,
            "megabytes": round(result["megabytes"]),
        }
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    steps = {"bare": bare, "dry_run": dry_run, "annotated": annotated}
    if len(sys.argv) == 3:
        began = time.perf_counter()
        outcome = steps[sys.argv[1]](sys.argv[2])
        peak = peak_megabytes()
        print(json.dumps({"result": outcome, "seconds": time.perf_counter() - began, "megabytes": peak}))
    else:
        main(int(sys.argv[1]) if len(sys.argv) == 2 else 100_000)
