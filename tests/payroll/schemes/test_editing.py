"""A scheme is edited by month: what was stays, what does not hold together is refused, a sample shows what it pays."""

import re

import pytest
from django.urls import reverse

from agency.periods import Period
from agency.tenancy.context import tenant
from payroll.calculation.items import ItemError
from payroll.models import Advance, PayItem, PayScheme, WorkerItemAmount
from payroll.refusals import Refused
from payroll.schemes.agreeing import agree, end
from payroll.schemes.changing import move_item, remove_item, remove_table, save_item, save_table
from payroll.schemes.choosing import scheme_of
from payroll.schemes.library import LIBRARY
from payroll.schemes.rules import rules_of
from tests.payroll.pages import page
from tests.payroll.runs import stage as payroll

from .scheme import with_items

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER = Period(2026, 10), Period(2026, 11)
SUBSIDY = {"name": "补贴", "source": "formula", "place": "allowance", "formula": "100元"}
FORM = {
    "since": "2026-11", "name": "全勤奖", "source": "formula", "place": "allowance", "rounding": "half_up_fen",
    "limit": "none", "formula": "如果(缺勤天数 = 0, 200元, 0元)", "taxable": "on", "minimum_wage": "on",
}  # fmt: skip


def names(client, month):
    scheme = scheme_of(client, month)
    return [item.name for item in scheme.items.all()]


def test_old_months_keep_their_scheme(ours):
    with_items(ours, ("补贴", "100元"))
    save_item(ours.client, NOVEMBER, "item1", SUBSIDY | {"formula": "120元"}, ours.payroll_officer)
    save_item(ours.client, NOVEMBER, "", SUBSIDY | {"name": "餐补"}, ours.payroll_officer)
    assert names(ours.client, OCTOBER) == ["补贴"]
    assert names(ours.client, NOVEMBER) == ["补贴", "餐补"]
    formulas = PayItem.objects.filter(key="item1").order_by("scheme__valid_from").values_list("formula", flat=True)
    assert list(formulas) == ["100元", "120元"]
    assert PayScheme.objects.filter(client=ours.client).count() == 2


def test_what_does_not_hold_together_is_not_saved(ours):
    with_items(ours, ("补贴", "100元"), ("双倍", "补贴 × 2"))
    with pytest.raises(ItemError) as caught:
        remove_item(ours.client, NOVEMBER, "item1", ours.payroll_officer)
    assert (caught.value.name, caught.value.why.code) == ("双倍", "unknown_name")
    assert PayScheme.objects.filter(client=ours.client).count() == 1


def test_every_example_is_a_good_item_and_pays_something(ours):
    payroll.scheme(ours)
    for values in LIBRARY.values():
        if values["source"] != "rate":
            save_item(ours.client, NOVEMBER, "", values, ours.payroll_officer)
    for values in LIBRARY.values():
        if values["source"] == "rate":
            save_item(ours.client, NOVEMBER, "", values, ours.payroll_officer)
    assert len(rules_of(scheme_of(ours.client, NOVEMBER), NOVEMBER).sheet.formulas) >= 9


def test_the_page_shows_items_and_a_sample_worker(stage, sign_in):
    with tenant(stage.agency):
        with_items(stage, ("全勤奖", "如果(缺勤天数 = 0, 200元, 0元)"))
    shown = page(sign_in(stage.payroll_officer), "scheme", stage.client.pk, month="2026-11")
    assert "全勤奖" in shown and "¥200.00" in shown


def test_an_item_is_added_by_its_form(stage, sign_in):
    client = sign_in(stage.payroll_officer)
    url = reverse("payroll:scheme_item_new", args=[stage.client.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, FORM).status_code == 302
    with tenant(stage.agency):
        assert names(stage.client, NOVEMBER) == ["全勤奖"]
        assert not PayScheme.objects.valid_in(OCTOBER).exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"formula": "月薪 × 月薪"}, "第 1 个字：两个金额不能相乘"),
        ({"formula": "没有这个"}, "不认识“没有这个”"),
        ({"name": "月薪"}, "系统或考勤表"),
        ({"name": "1号"}, "字母或汉字"),
        ({"source": "rate", "quantity": ""}, "夜班次数"),
    ],
)
def test_a_bad_item_says_what_and_where(stage, sign_in, change, said):
    answer = sign_in(stage.payroll_officer).post(
        reverse("payroll:scheme_item_new", args=[stage.client.pk]), FORM | change
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_preview_keeps_nothing(stage, sign_in):
    client = sign_in(stage.payroll_officer)
    url = reverse("payroll:scheme_preview_new", args=[stage.client.pk])
    shown = client.post(url, FORM, HTTP_HX_REQUEST="true").content.decode()
    assert "全勤奖" in shown and "¥200.00" in shown
    wrong = client.post(url, FORM | {"formula": "月薪 + * 2"}, HTTP_HX_REQUEST="true").content.decode()
    assert "<mark>*</mark>" in wrong and "第 6 个字" in wrong
    with tenant(stage.agency):
        assert not PayItem.objects.exists()


def test_a_banded_table_by_its_form(stage, sign_in):
    client = sign_in(stage.payroll_officer)
    url = reverse("payroll:scheme_table_new", args=[stage.client.pk])
    form = {
        "since": "2026-11",
        "name": "工龄表",
        "key": "number",
        "result": "amount",
        "bands": "0 0\n12 100\n36 200.50",
    }
    assert client.post(url, form).status_code == 302
    with tenant(stage.agency):
        table = scheme_of(stage.client, NOVEMBER).tables.get()
        assert table.bands == [[0, 0], [12_00, 100_00], [36_00, 200_50]]
    answer = client.post(url, form | {"name": "二", "bands": "12 1\n6 2"})
    assert "从小到大" in answer.content.decode()


def test_a_table_in_use_cannot_lose_its_name(ours):
    save_table(ours.client, NOVEMBER, "", {"name": "工龄表", "bands": [[0, 5000]]}, ours.payroll_officer)
    save_item(ours.client, NOVEMBER, "", SUBSIDY | {"formula": "查表(工龄表, 司龄月数)"}, ours.payroll_officer)
    with pytest.raises(ItemError):
        save_table(ours.client, NOVEMBER, "工龄表", {"name": "别的"}, ours.payroll_officer)


def test_single_workers(stage, sign_in):
    with tenant(stage.agency):
        with_items(stage, {"name": "岗位工资", "source": "per_worker"})
    client, pk = sign_in(stage.payroll_officer), stage.client.pk
    number = stage.worker.employee_no
    amount = {"employee_no": number, "amount_fen": "400", "since": "2026-10"}
    assert client.post(reverse("payroll:scheme_amount_new", args=[pk, "item1"]), amount).status_code == 302
    advance = amount | {"paid_on": "2026-10-08", "monthly_fen": "150"}
    assert client.post(reverse("payroll:advance_new", args=[pk]), advance).status_code == 302
    assert client.post(reverse("payroll:advance_new", args=[pk]), advance | {"monthly_fen": "500"}).status_code == 422
    shown = page(client, "scheme_workers", pk)
    assert "岗位工资" in shown and "¥150.00" in shown
    with tenant(stage.agency):
        assert (WorkerItemAmount.objects.get().amount_fen, Advance.objects.get().monthly_fen) == (400_00, 150_00)


def test_a_table_nobody_uses_is_removed_and_one_in_use_names_who_uses_it(stage, sign_in):
    with tenant(stage.agency):
        by = stage.payroll_officer
        save_table(stage.client, NOVEMBER, "", {"name": "工龄表", "bands": [[0, 5000]]}, by)
        save_item(stage.client, NOVEMBER, "", SUBSIDY | {"formula": "查表(工龄表, 司龄月数)"}, by)
        with pytest.raises(Refused, match="补贴"):
            remove_table(stage.client, NOVEMBER, "工龄表", by)
    client = sign_in(stage.payroll_officer)
    url = reverse("payroll:scheme_table_remove", args=[stage.client.pk, "工龄表"]) + "?month=2026-11"
    assert "补贴" in client.post(url, follow=True).content.decode()
    with tenant(stage.agency):
        save_item(stage.client, NOVEMBER, "item1", SUBSIDY, by)
    client.post(url)
    with tenant(stage.agency):
        assert not scheme_of(stage.client, NOVEMBER).tables.exists()


def test_standard_lines_stand_between_the_clients_own_in_the_order_of_the_payslip(stage, sign_in):
    with tenant(stage.agency):
        with_items(stage, {"name": "岗位工资", "source": "per_worker", "place": "base"}, ("全勤奖", "100元"))
    shown = page(sign_in(stage.payroll_officer), "scheme", stage.client.pk, month="2026-11")
    rows = re.findall(r'<th scope="row"[^>]*>(?:<a[^>]*>)?([^<]+)<', shown.split("</table>")[0])
    assert rows[:4] == ["基本工资", "岗位工资", "缺勤", "平日加班"]
    assert rows[-3:] == ["其他补贴", "全勤奖", "其他扣款"]


def test_standard_lines_that_recent_wages_did_not_use_can_be_hidden(stage, sign_in):
    with tenant(stage.agency):
        payroll.computed(stage, overtime_weekday_x100=10_00)
    client = sign_in(stage.payroll_officer)
    asked = {"month": "2026-11"}
    lines = page(client, "scheme", stage.client.pk, **asked).split("scheme-lines")[1].split("</table>")[0]
    assert "平日加班" in lines and "节日加班" not in lines
    assert "节日加班" in page(client, "scheme", stage.client.pk, all="1", **asked).split("</table>")[0]


def test_an_item_moves_within_its_part_of_the_payslip(ours):
    with_items(ours, ("补贴", "100元"), {"name": "岗位工资", "source": "per_worker", "place": "base"}, ("餐补", "10元"))
    move_item(ours.client, NOVEMBER, "item3", up=True)
    assert [name for name in names(ours.client, NOVEMBER) if name != "岗位工资"] == ["餐补", "补贴"]
    move_item(ours.client, NOVEMBER, "item3", up=True)
    assert names(ours.client, NOVEMBER)[0] == "餐补"


def test_an_agreed_amount_is_changed_or_ends_and_what_held_before_stays(stage, sign_in):
    with tenant(stage.agency):
        with_items(stage, {"name": "岗位工资", "source": "per_worker"})
        row = agree(stage.client, stage.worker, "item1", 400_00, OCTOBER, stage.payroll_officer)
    client = sign_in(stage.payroll_officer)
    url = reverse("payroll:scheme_amount", args=[row.pk])
    assert client.post(url, {"since": "2026-11", "amount_fen": "500"}).status_code == 302
    with tenant(stage.agency):
        held = WorkerItemAmount.objects.order_by("valid_from").values_list("amount_fen", "valid_to")
        assert list(held) == [(400_00, NOVEMBER.first_day), (500_00, None)]
        end(WorkerItemAmount.objects.get(valid_to=None), Period(2026, 12), stage.payroll_officer)
        assert not WorkerItemAmount.objects.valid_in(Period(2026, 12)).exists()
    shown = client.get(url).content.decode()
    assert "¥400.00" in shown and "¥500.00" in shown
    assert client.post(url, {"since": "2026-10", "amount_fen": ""}).status_code == 302
    with tenant(stage.agency):
        assert not WorkerItemAmount.objects.exists()
