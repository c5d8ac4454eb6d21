import io
import struct
import zipfile

import pytest

from agency.spreadsheets.limits import Limits
from agency.spreadsheets.opening import open_upload
from agency.spreadsheets.refusals import PasswordNeeded, PasswordWrong, Refused

from .messy import FILES, HEADERS, LI, PASSWORD, WANG, check, locked, read, repacked, xlsx

GOOD = (HEADERS, ("王小明", WANG, "2026-01-05", 2490.5, "13800005678"))


def refused(file, sentence, **options):
    with pytest.raises(Refused, match=sentence):
        read(file, **options)


def test_the_content_decides_not_the_name():
    assert open_upload(xlsx(*GOOD), "花名册.xls").kind == "xlsx"
    assert open_upload(FILES / "attendance.xls", "考勤.xlsx").kind == "xls"
    assert open_upload(io.BytesIO("姓名,身份证号\n王小明,1\n".encode()), "x.xlsx").kind == "csv"


def test_the_digest_tells_a_repeated_file():
    file = xlsx(*GOOD)
    assert open_upload(file).digest == open_upload(io.BytesIO(file.getvalue())).digest
    assert open_upload(file).digest != open_upload(xlsx(HEADERS)).digest


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_tables_in_every_encoding(encoding, separator):
    text = "\r\n".join(separator.join(row) for row in (("姓名", "身份证号", "备注"), ("王小明䶮", WANG, "")))
    values, report = check(io.BytesIO(text.encode(encoding)))
    assert report.clean
    assert values[0]["name"] == "王小明䶮"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "a PDF, not a table"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture, not a table"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture, not a table"),
        (b"<html><body><table><tr><td>\xd0\xd5\xc3\xfb</td></tr></table></body></html>", "a web page"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html>", "a web page"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "an XML file"),
        (b"name\x00\x01\x02,value", "another kind of file"),
        (b"\xff\xfe\xff", "cannot be read"),
        (b"PK\x03\x04 and nothing more", "cut off"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and nothing more", "cut off"),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words(content, sentence):
    refused(io.BytesIO(content), sentence)


def test_other_zips_are_named():
    for name, sentence in {
        "word/document.xml": "Word",
        "xl/workbook.bin": "xlsb",
        "mimetype": "OpenDocument",
        "花名册.xlsx": "zip archive",
    }.items():
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(name, "x")
        refused(buffer, sentence)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95, 0.999])
def test_truncated_workbooks(share):
    for whole in (xlsx(*GOOD).getvalue(), (FILES / "attendance.xls").read_bytes()[:4000]):
        refused(io.BytesIO(whole[: int(len(whole) * share)]), "damaged|No table")


def test_a_sheet_whose_xml_stops_in_the_middle_is_damaged():
    broken = repacked(xlsx(*GOOD), xl___worksheets___sheet1__xml=b'<worksheet><sheetData><row r="1"><c r="A1"')
    refused(broken, "damaged|No table")


def test_an_encrypted_workbook_asks_for_its_password():
    file = locked(xlsx(*GOOD))
    with pytest.raises(PasswordNeeded):
        open_upload(file)
    with pytest.raises(PasswordWrong):
        open_upload(file, password="wrong")
    values, report = check(file, password=PASSWORD)
    assert report.clean
    assert values[0]["wage_fen"] == 249_050


def test_an_encrypted_xls_asks_for_its_password():
    with pytest.raises(PasswordNeeded):
        open_upload(FILES / "attendance-locked.xls")
    with pytest.raises(PasswordWrong):
        open_upload(FILES / "attendance-locked.xls", password="wrong")
    rows = dict(read(FILES / "attendance-locked.xls", password=PASSWORD).sheet.rows())
    assert rows[3][1] == "王小明"


def test_the_opened_file_does_not_hold_the_password():
    opened = open_upload(locked(xlsx(*GOOD)), password=PASSWORD)
    assert PASSWORD not in repr([getattr(opened, name) for name in opened.__slots__])


def test_a_truncated_encrypted_workbook_is_damaged():
    whole = locked(xlsx(*GOOD)).getvalue()
    refused(io.BytesIO(whole[: len(whole) // 2]), "damaged", password=PASSWORD)


def test_macros_are_refused():
    refused(repacked(xlsx(*GOOD), xl___vbaProject__bin=b"\xd0\xcf"), "macros")
    plain = xlsx(*GOOD)
    with zipfile.ZipFile(plain) as archive:
        types = archive.read("[Content_Types].xml").replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
    buffer = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(buffer, "w") as archive:
        for info in old.infolist():
            archive.writestr(info.filename, types if info.filename == "[Content_Types].xml" else old.read(info))
    refused(buffer, "macros")


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    refused(repacked(xlsx(*GOOD), xl___media___x__xml=b"\0" * 300_000_000), "unpacks to far more")


def test_a_bomb_that_lies_about_its_size_is_refused():
    """The directory says 100 bytes; the deflated data behind it goes on and on."""
    plain = xlsx(*GOOD)
    content = b"<sst>" + b" " * 5_000_000
    bomb = repacked(plain, xl___sharedStrings__xml=content).getvalue()
    size = struct.pack("<I", len(content))
    lying = bomb.replace(size, struct.pack("<I", 100))
    assert lying != bomb
    refused(io.BytesIO(lying), "unpacks to far more")


def test_one_stray_cell_far_below_is_named_instead_of_filling_the_memory():
    file = repacked(
        xlsx(*GOOD),
        xl___worksheets___sheet1__xml=(
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            b"</sheetData></worksheet>"
        ),
    )
    refused(file, "as far as XFD1048576")


def test_cells_that_are_only_formatted_do_not_count():
    file = repacked(
        xlsx(*GOOD),
        xl___worksheets___sheet1__xml=(
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            b'<row r="1"><c r="A1" t="inlineStr"><is><t>\xe5\xa7\x93\xe5\x90\x8d</t></is></c>'
            b'<c r="B1" t="inlineStr"><is><t>x</t></is></c></row>'
            b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData></worksheet>'
        ),
    )
    assert read(file).sheet.row_count == 1


def test_limits_of_size_and_rows():
    with pytest.raises(Refused, match="up to 0 MB"):
        open_upload(xlsx(*GOOD), limits=Limits(file_bytes=1000))
    text = "姓名,身份证号\n" + f"李,{LI}\n" * 50
    with pytest.raises(Refused, match="more than 20 rows"):
        from agency.spreadsheets.uploads import prepare

        from .messy import PEOPLE

        prepare(open_upload(io.BytesIO(text.encode()), limits=Limits(rows=20)), PEOPLE)
