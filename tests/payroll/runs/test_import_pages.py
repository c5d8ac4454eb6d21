"""The import of an attendance sheet by its pages."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from agency.tenancy.context import tenant
from payroll.models import PayrollInput
from tests.payroll.pages import made
from tests.payroll.runs.stage import marked, opened, sheet

pytestmark = pytest.mark.django_db


def test_a_bad_sheet_comes_back_with_its_marks(stage, sign_in):
    client = sign_in(stage.specialist)
    run = made(stage, opened)
    file = sheet("0101,王海波,33天", "9999,石磊,22")
    file.name = "考勤.csv"
    answer = client.post(reverse("payroll:run_import", args=[run.pk]), {"file": file})
    assert answer.status_code == 422
    assert "2 行里 0 行没问题" in answer.content.decode()
    marked = client.get(reverse("payroll:run_import_marked", args=[run.pk, answer.context["token"]]))
    workbook = load_workbook(io.BytesIO(b"".join(marked.streaming_content)))
    assert workbook.worksheets[0]["A2"].value == "0101"
    with tenant(stage.agency):
        assert not PayrollInput.objects.exists()


def test_a_marked_sheet_of_another_run_is_not_given(stage, sign_in):
    token = made(stage, marked)
    with tenant(stage.agency):
        other = opened(stage, client=stage.other_client)
    officer = sign_in(stage.payroll_officer)
    assert officer.get(reverse("payroll:run_import_marked", args=[other.pk, token])).status_code == 404


def test_a_file_that_is_no_table_says_so(stage, sign_in):
    client = sign_in(stage.specialist)
    run = made(stage, opened)
    file = io.BytesIO(b"%PDF-1.7")
    file.name = "考勤.pdf"
    answer = client.post(reverse("payroll:run_import", args=[run.pk]), {"file": file})
    assert answer.status_code == 422
    assert "PDF" in answer.content.decode()
