"""The administrator looks at layouts, proposes one with a preview, a second person approves it."""

import pytest
from django.urls import reverse

from agency.tenancy.context import tenant
from payroll.layouts.editing import forms_for
from payroll.models import FileLayout, LayoutDraft
from tests.payroll.layouts.stage import draft, shipped

pytestmark = pytest.mark.django_db


def sent(row, **changes):
    """Return what the page's form sends when nothing but `changes` is changed."""
    form, columns = forms_for(row, is_copy=False)
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {
        name: "on" if value is True else value
        for name, value in data.items()
        if value is not False and value is not None
    }
    data |= {f"columns-{name}": value for name, value in
             {"TOTAL_FORMS": len(columns.forms), "INITIAL_FORMS": columns.initial_form_count()}.items()}  # fmt: skip
    for index, column in enumerate(columns.forms):
        data |= {f"columns-{index}-{name}": value for name, value in column.initial.items()}
    return data | {"source": "建行 2026-11"} | changes


def page(client, name, *args):
    answer = client.get(reverse(f"payroll:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_and_a_layout_with_three_invented_people(stage, sign_in):
    client = sign_in(stage.administrator)
    assert "建设银行 CSV" in page(client, "file_layouts")
    with tenant(stage.agency):
        ccb, generic = shipped("ccb").pk, shipped("generic").pk
    shown = page(client, "file_layout", ccb)
    assert "1,6222000000000000001,张三,工商银行苏州工业园区支行,3456.78" in shown
    assert "欧阳春晓" in page(client, "file_layout", generic)


def test_a_change_by_the_page(stage, sign_in):
    with tenant(stage.agency):
        row = shipped("icbc")
        data = sent(row, max_rows="300", provisional="")
    client = sign_in(stage.administrator)
    url = reverse("payroll:file_layout_edit", args=[row.pk])
    looked = client.post(url, data | {"preview": "1"})
    assert "张三" in looked.content.decode()
    answer = client.post(url, data)
    assert answer.status_code == 302, answer.content.decode()
    with tenant(stage.agency):
        mine = LayoutDraft.objects.get()
        assert mine.spec == row.spec | {"max_rows": 300}
    assert "第二个人" in page(client, "layout_draft", mine.pk)
    assert "aria-current" in page(client, "file_layouts")
    assert client.post(reverse("payroll:layout_draft_approve", args=[mine.pk]), {"confirmed": "1"}).status_code == 302
    with tenant(stage.agency):
        assert LayoutDraft.objects.get().state == "proposed"
    officer = sign_in(stage.payroll_officer)
    officer.post(reverse("payroll:layout_draft_approve", args=[mine.pk]), {"confirmed": "1"})
    with tenant(stage.agency):
        assert FileLayout.objects.get(key="icbc", valid_to=None).spec["max_rows"] == 300


def test_every_shipped_layout_comes_back_from_its_form_as_it_was(stage):
    with tenant(stage.agency):
        shipped()
        for row in FileLayout.objects.exclude(purpose__in=("cutoff", "bureau_list")):
            form, columns = forms_for(row, False, sent(row))
            assert form.is_valid(), form.errors
            assert columns.is_valid(), columns.errors
            assert form.spec(columns, row.spec) == row.spec, row.key


def test_what_is_wrong_is_said_on_the_page(stage, sign_in):
    with tenant(stage.agency):
        row = shipped("icbc")
        data = sent(row, **{"columns-1-width": "12"})
    answer = sign_in(stage.administrator).post(reverse("payroll:file_layout_edit", args=[row.pk]), data)
    assert answer.status_code == 422
    assert "12 字节" in answer.content.decode()


def test_a_draft_is_declined_with_a_reason(stage, sign_in):
    with tenant(stage.agency):
        mine = draft(stage)
    officer = sign_in(stage.payroll_officer)
    officer.post(reverse("payroll:layout_draft_decline", args=[mine.pk]), {"reason": "银行没改"})
    assert "银行没改" in page(officer, "layout_draft", mine.pk)


def test_cut_off_days_of_a_city_by_the_page(stage, sign_in):
    client = sign_in(stage.administrator)
    assert "其他城市" in page(client, "cutoffs")
    days = dict.fromkeys(("pension", "medical", "unemployment", "injury", "maternity"), 20) | {"housing_fund": 25}
    data = {"city": "苏州市", "valid_from": "2026-12-01", "source": "苏州社保 2026-11"}
    refused = client.post(reverse("payroll:cutoff_edit"), data | days | {"injury": 40})
    assert refused.status_code == 422
    client.post(reverse("payroll:cutoff_edit"), data | days)
    with tenant(stage.agency):
        mine = LayoutDraft.objects.get()
    assert "公积金" in page(client, "layout_draft", mine.pk)
    officer = sign_in(stage.payroll_officer)
    officer.post(reverse("payroll:layout_draft_approve", args=[mine.pk]), {"confirmed": "1"})
    assert "苏州" in page(officer, "cutoffs")
