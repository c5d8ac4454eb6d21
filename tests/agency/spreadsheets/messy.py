"""Files as people send them, built on the fly."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from msoffcrypto.format.ooxml import OOXMLFile

from agency.spreadsheets.checking import DryRun, Report
from agency.spreadsheets.columns import Column, Table
from agency.spreadsheets.kinds import Date, IdentityNumberText, Money, Phone, Text
from agency.spreadsheets.opening import open_upload
from agency.spreadsheets.uploads import Upload, prepare

FILES = Path(__file__).parent / "files"
PASSWORD = "宿舍2号"

WANG, LI, ZHAO = "11010519491231002X", "110101199003071276", "110101198508150000"

PEOPLE = Table(
    "people",
    "名单",
    (
        Column("name", "姓名", Text(20), required=True, synonyms=("员工姓名",)),
        Column(
            "identity_number", "身份证号", IdentityNumberText(), required=True, unique=True, synonyms=("身份证号码",)
        ),
        Column("joined", "入职日期", Date(), synonyms=("进厂日期",)),
        Column("wage_fen", "基本工资", Money(), synonyms=("底薪",)),
        Column("phone", "手机号", Phone(), synonyms=("联系电话",)),
    ),
)
HEADERS = ("姓名", "身份证号", "入职日期", "基本工资", "手机号")


def xlsx(*rows: Sequence[Any], merged: Sequence[str] = (), title: str = "Sheet1") -> io.BytesIO:
    workbook = openpyxl.Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(list(row))
    for area in merged:
        workbook.active.merge_cells(area)
    return saved(workbook)


def saved(workbook: openpyxl.Workbook) -> io.BytesIO:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer


def locked(plain: io.BytesIO, password: str = PASSWORD) -> io.BytesIO:
    buffer = io.BytesIO()
    plain.seek(0)
    OOXMLFile(plain).encrypt(password, buffer)
    return buffer


def repacked(file: io.BytesIO, **entries: bytes) -> io.BytesIO:
    """Return the archive with entries replaced or added; dots and slashes of names are written __ and ___."""
    buffer = io.BytesIO()
    new = {name.replace("___", "/").replace("__", "."): content for name, content in entries.items()}
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in old.infolist():
            if info.filename not in new:
                archive.writestr(info.filename, old.read(info))
        for name, content in new.items():
            archive.writestr(name, content)
    return buffer


def read(file: Any, table: Table = PEOPLE, **options: Any) -> Upload:
    return prepare(open_upload(file, password=options.pop("password", None)), table, **options)


def check(file: Any, table: Table = PEOPLE, **options: Any) -> tuple[list[dict[str, Any]], Report]:
    """Return the values of the good rows, and the report."""
    upload = read(file, table, **options)
    run = DryRun(upload.sheet, table, upload.headers, upload.mapping)
    return [row.values for row in run if row.good], run.report
