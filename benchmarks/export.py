"""Measure large exports against bare xlsxwriter writing the same cells of the same rows.

Run it through bin/bench. Bare means `constant_memory`, one call of write_string or write_number a cell with the
format of its column, and nothing else. Both the general export and the layouts of files must stay below the limit.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()

import xlsxwriter  # noqa: E402

from agency.spreadsheets.writing import ExportColumn, ExportSheet, write_workbook  # noqa: E402
from benchmarks._memory import peak_megabytes  # noqa: E402
from payroll.files.layouts import read_layout  # noqa: E402
from payroll.files.writing import write  # noqa: E402

ROWS, REPEATS, LIMIT_RATIO = 100_000, 3, 1.5
TEXTS, AMOUNTS = ("工号", "姓名", "证件号码", "备注"), 8
NAMES = ("王海波", "陈志强", "李秀兰", "赵敏")


def rows(count: int) -> list[list[object]]:
    """Return rows of four texts and eight amounts in fen, as a month's wages have them."""
    return [
        [
            f"{n:07d}", NAMES[n % 4], f"320500199005{n % 100_000:06d}", "",
            *((n * 7919 + column * 104_729) % 2_000_000 for column in range(AMOUNTS)),
        ]
        for n in range(count)
    ]  # fmt: skip


def bare(table: list[list[object]]) -> None:
    """Write the same cells with nothing around."""
    with xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True}) as book:
        page = book.add_worksheet("工资")
        text, money = book.add_format({"num_format": "@"}), book.add_format({"num_format": "0.00"})
        for index, header in enumerate((*TEXTS, *map(str, range(AMOUNTS)))):
            page.write_string(0, index, header)
        for line, row in enumerate(table, 1):
            for index in range(3):
                page.write_string(line, index, row[index], text)
            for index in range(4, 4 + AMOUNTS):
                page.write_number(line, index, row[index] / 100, money)


def by_layout(table: list[list[object]]) -> None:
    """Write by a layout, as the files for the tax client and the banks are."""
    columns = [{"header": header, "field": header} for header in TEXTS]
    columns += [{"header": str(n), "field": f"{n}_fen", "style": "money"} for n in range(AMOUNTS)]
    write(read_layout({"kind": "xlsx", "sheet": "工资", "columns": columns}), table, {}, io.BytesIO())


def general(table: list[list[object]]) -> None:
    """Write by the general export, as lists and ledgers are."""
    columns = [ExportColumn(header) for header in TEXTS]
    columns += [ExportColumn(str(n), "money") for n in range(AMOUNTS)]
    write_workbook(io.BytesIO(), [ExportSheet("工资", tuple(columns), table)])


def seconds(step: Callable[[list[list[object]]], None], table: list[list[object]]) -> float:
    """Return processor time, so that neighbours on the machine do not count."""
    began = time.process_time()
    step(table)
    return time.process_time() - began


def main(count: int) -> int:
    """Print a line of JSON a figure; return 1 when a ratio is beyond its limit."""
    table = rows(count)
    times: dict[str, list[float]] = {"bare": [], "layout": [], "general": []}
    for _repeat in range(REPEATS):
        for name, step in (("bare", bare), ("layout", by_layout), ("general", general)):
            times[name].append(seconds(step, table))
    best = {name: min(found) for name, found in times.items()}
    for name, spent in best.items():
        figures = {
            "name": f"export.{name}",
            "rate": round(count / spent),
            "unit": "rows/s",
            "ratio": round(spent / best["bare"], 2),
            "ratio_to": "bare xlsxwriter",
            "seconds": round(spent, 1),
            "megabytes": round(peak_megabytes()),
        }
        print(json.dumps(figures), flush=True)
    return 0 if max(best.values()) <= LIMIT_RATIO * best["bare"] else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) == 2 else ROWS))
