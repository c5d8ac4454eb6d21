"""From the file to the import in the browser, with another header here and a wrong password there."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agency.models import FindingsPage, KnownHeader, Upload
from agency.tenancy.context import tenant
from agency.uploads import vault
from agency.uploads.models import State
from agency.uploads.opening import corrections_of
from tests.agency.spreadsheets.messy import PASSWORD, locked, xlsx
from tests.workers.imports.conftest import english_on_a_day  # noqa: F401  (the same day and language)
from tests.workers.imports.rosters import HEADERS, again, as_known, checked, person, roster, upload_of
from workers.models import Worker

NAME = "花名册.xlsx"


@pytest.fixture
def company(cast):
    return cast.ours


@pytest.fixture
def desk(company, sign_in):
    with tenant(company.agency):
        company.specialist.language = "en"
        company.specialist.save(update_fields=["language"])
    return sign_in(company.specialist)


@pytest.fixture
def send(desk, django_capture_on_commit_callbacks):
    """Post and let the background work happen, as it does after each request."""

    def post(name, data=None, pk=None, **headers):
        url = reverse(f"workers:roster_{name}", kwargs={"pk": pk} if pk else None)
        with django_capture_on_commit_callbacks(execute=True):
            answer = desk.post(url, data or {}, **headers)
        with django_capture_on_commit_callbacks(execute=True):
            pass
        return answer

    return post


def file_of(content: io.BytesIO, name: str = NAME) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.getvalue())


def latest(company) -> Upload:
    with tenant(company.agency):
        return Upload.objects.latest("pk")


def page_of(desk, upload) -> str:
    return desk.get(reverse("workers:roster_upload", kwargs={"pk": upload.pk})).content.decode()


def test_a_good_roster_is_checked_and_imported(company, desk, send):
    answer = send("new", {"file": file_of(roster(as_known(company), person())), "period": "2026-11"})
    upload = latest(company)
    assert answer["Location"] == reverse("workers:roster_upload", kwargs={"pk": upload.pk})
    page = page_of(desk, upload)
    assert "All 2 rows are fine" in page
    assert "1 new workers, 0 with changes, 1 as they were." in page
    send("commit", pk=upload.pk)
    assert "2 rows imported" in page_of(desk, upload)
    with tenant(company.agency):
        assert Worker.objects.filter(name="周建平").exists()
        assert list(vault.names()) == []


def test_bad_cells_are_listed_and_the_workbook_comes_back_with_marks(company, desk, send):
    send("new", {"file": file_of(roster(as_known(company), person(phone="138"))), "period": "2026-11"})
    upload = latest(company)
    page = page_of(desk, upload)
    assert "1 of 2 rows are fine" in page
    assert "周建平" in page
    assert "手机号" in page
    send("commit", pk=upload.pk)
    assert again(upload).state == State.CHECKED
    answer = desk.get(reverse("workers:roster_annotated", kwargs={"pk": upload.pk}))
    marked = io.BytesIO(b"".join(answer.streaming_content))
    assert "attachment" in answer["Content-Disposition"]
    send("new", {"file": file_of(marked), "period": "2026-11"})
    assert latest(company).error_count == 1


def test_a_cell_is_mended_on_the_page(company, desk, send):
    send("new", {"file": file_of(roster(person(phone="138"))), "period": "2026-11"})
    upload = latest(company)
    assert send("fix", {"row": 2, "column": "D", "value": "139"}, upload.pk, HTTP_HX_REQUEST="true").status_code == 422
    answer = send("fix", {"row": 2, "column": "D", "value": "13900001234"}, upload.pk, HTTP_HX_REQUEST="true")
    assert "Corrected" in answer.content.decode()
    assert corrections_of(again(upload)) == {2: {"D": "13900001234"}}
    send("check", pk=upload.pk)
    assert again(upload).is_clean
    send("commit", pk=upload.pk)
    with tenant(company.agency):
        assert Worker.objects.get(name="周建平").phone == "13900001234"
        assert not again(upload).corrections


def test_only_cells_of_imported_columns_can_be_mended(company, send):
    send("new", {"file": file_of(roster(person(phone="138"))), "period": "2026-11"})
    for data in ({"row": 2, "column": "ZZ", "value": "1"}, {"row": "x", "column": "D", "value": "1"}):
        assert send("fix", data, latest(company).pk).status_code == 422


def test_other_headers_are_asked_for_once_and_remembered(company, desk, send):
    headers = ["甲方" if header == "客户企业" else header for header in HEADERS]
    content = roster(person(), headers=headers)
    send("new", {"file": file_of(content), "period": "2026-11"})
    upload = latest(company)
    assert upload.state == State.MAPPING
    assert "No column for 客户企业" in page_of(desk, upload)
    mapping = desk.get(reverse("workers:roster_mapping", kwargs={"pk": upload.pk})).content.decode()
    assert "F 甲方（澄光电子）" in mapping
    letters = upload.reading["mapping"]
    assert send("mapping", letters, upload.pk).status_code == 422
    send("mapping", letters | {"client": "F"}, upload.pk)
    assert again(upload).is_clean
    with tenant(company.agency):
        assert KnownHeader.objects.get(header="甲方").field == "client"
    send("new", {"file": file_of(content), "period": "2026-11"})
    assert latest(company).is_clean


def test_one_column_cannot_be_two(company, desk, send):
    send("new", {"file": file_of(roster(person())), "period": "2026-11"})
    upload = latest(company)
    answer = send("mapping", upload.reading["mapping"] | {"site": "B"}, upload.pk)
    assert answer.status_code == 422
    assert "This is “姓名” already" in answer.content.decode()


def test_another_sheet_can_be_chosen(company, desk, send):
    import openpyxl

    book = openpyxl.load_workbook(roster(person(phone="138")))
    other = book.create_sheet("十一月")
    for row in openpyxl.load_workbook(roster(person())).active.iter_rows(values_only=True):
        other.append(row)
    content = io.BytesIO()
    book.save(content)
    send("new", {"file": file_of(content), "period": "2026-11"})
    upload = latest(company)
    assert upload.error_count == 1
    send("mapping", {"sheet": "十一月"}, upload.pk)
    assert again(upload).is_clean


def test_samples_of_the_mapping_hide_numbers_of_people(company):
    reading = checked(company, person(phone="13900001234")).reading
    samples = {header["text"]: header["samples"] for header in reading["headers"]}
    assert samples["手机号"] == ["13*******34"]
    assert samples["合同开始日期"] == ["2026-11-02"]
    assert "9005" not in samples["身份证号"][0]


def test_a_locked_workbook_asks_for_its_password(company, desk, send):
    content = locked(roster(person()))
    send("new", {"file": file_of(content), "period": "2026-11"})
    upload = latest(company)
    assert upload.state == State.PASSWORD
    assert "This file has a password" in page_of(desk, upload)
    wrong = send("password", {"password": "falsch"}, upload.pk)
    assert wrong.status_code == 422
    assert "does not open this file" in wrong.content.decode()
    send("password", {"password": PASSWORD}, upload.pk)
    assert again(upload).is_clean
    with tenant(company.agency):
        assert len(list(vault.names())) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"%PDF-1.7", "a PDF"), (b"", "empty"), (b"PK\x03\x04broken", "damaged"), (b"<html><table>", "a web page")],
)
def test_what_is_no_table_is_refused_at_the_door(company, send, content, words):
    answer = send("new", {"file": SimpleUploadedFile(NAME, content), "period": "2026-11"})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_sheet_without_a_table_cannot_be_read(company, desk, send):
    send("new", {"file": file_of(xlsx()), "period": "2026-11"})
    upload = latest(company)
    assert upload.state == State.FAILED
    assert "No table was found" in page_of(desk, upload)


def test_what_was_put_aside_leaves_nothing(company, send):
    upload = checked(company, person(phone="138"))
    send("discard", pk=upload.pk)
    upload = again(upload)
    assert (upload.state, upload.source, upload.corrections) == (State.DISCARDED, "", "")
    with tenant(company.agency):
        assert not FindingsPage.objects.exists()
        assert list(vault.names()) == []


def test_the_template_needs_no_mapping(company, desk, send):
    answer = desk.get(reverse("workers:roster_template"))
    content = io.BytesIO(b"".join(answer.streaming_content))
    send("new", {"file": file_of(content), "period": "2026-11"})
    upload = latest(company)
    assert (upload.state, upload.rows) == (State.CHECKED, 0)
    assert "There are no rows below the headers" in page_of(desk, upload)


def test_a_colleague_does_not_see_the_upload_the_administrator_does(company, sign_in, cast):
    url = reverse("workers:roster_upload", kwargs={"pk": upload_of(company, person()).pk})
    assert sign_in(company.colleague).get(url).status_code == 404
    assert sign_in(company.administrator).get(url).status_code == 200
    assert sign_in(cast.theirs.administrator).get(url).status_code == 404


def test_deep_pages_of_findings_cost_what_the_first_does(company, desk, django_assert_max_num_queries):
    upload = checked(company, *(person(700 + n, phone="138", insurance_base_fen="面议") for n in range(80)))
    assert upload.error_count == 160
    url = reverse("workers:roster_upload", kwargs={"pk": upload.pk})
    for page in ("1", "3", "99"):
        with django_assert_max_num_queries(23):
            shown = desk.get(url, {"page": page}).content.decode()
    assert "101–150" not in shown
    assert "151–160 of 160" in shown
    assert "13*" not in shown
