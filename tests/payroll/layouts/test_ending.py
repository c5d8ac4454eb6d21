"""A layout nobody needs can end without another: two persons, and never taken from who needs it."""

import datetime as dt

import pytest
from django.urls import reverse

from agency.tenancy.context import tenant
from payroll.files.batches import make_batch
from payroll.files.cutoffs import cutoffs_of
from payroll.files.installing import layouts_for
from payroll.layouts.drafts import approve, propose_end
from payroll.models import FileLayout, LayoutDraft
from payroll.refusals import Refused
from tests.payroll.files.stage import layout
from tests.payroll.layouts.stage import DECEMBER, cutoff_draft, draft, shipped, shipped_list
from tests.payroll.runs.stage import approved

pytestmark = pytest.mark.django_db


def end(company, row, on=DECEMBER):
    return approve(propose_end(row, on, "没人用了", company.administrator), company.payroll_officer)


def test_it_ends_on_its_day_and_nothing_follows(ours):
    end(ours, shipped("abc"))
    assert "abc" in {row.key for row in layouts_for("bank", dt.date(2026, 11, 30))}
    assert "abc" not in {row.key for row in layouts_for("bank", DECEMBER)}
    assert FileLayout.objects.filter(key="abc").count() == 1


def test_by_two_persons_and_only_one_change_at_a_time(ours):
    mine = propose_end(shipped("abc"), DECEMBER, "没人用了", ours.administrator)
    with pytest.raises(Refused):
        approve(mine, ours.administrator)
    with pytest.raises(Refused, match="已经有一处改动"):
        propose_end(shipped("abc"), DECEMBER, "再来", ours.administrator)
    draft(ours)
    with pytest.raises(Refused, match="已经有一处改动"):
        propose_end(shipped("ccb"), DECEMBER, "没人用了", ours.administrator)


def test_a_batch_that_waits_by_it_is_named(ours):
    make_batch(approved(ours), layout("generic"), ours.specialist)
    with pytest.raises(Refused, match="澄光电子"):
        propose_end(layout("generic"), DECEMBER, "没人用了", ours.administrator)


def test_the_last_layout_of_a_bank_names_the_clients_it_pays(ours):
    for key in ("abc", "ccb", "icbc", "icbc_batch"):
        end(ours, shipped(key))
    with pytest.raises(Refused, match="澄光电子"):
        propose_end(shipped("generic"), DECEMBER, "没人用了", ours.administrator)


@pytest.mark.parametrize(("key", "words"), [("salary_tax", "每个月"), ("cutoff", "苏州")])
def test_what_every_month_or_city_needs_stays(ours, key, words):
    with pytest.raises(Refused, match=words):
        propose_end(shipped(key), DECEMBER, "没人用了", ours.administrator)


def test_a_citys_own_ends_where_the_general_one_serves(ours):
    own = cutoff_draft(ours, "苏州", dict.fromkeys(("pension", "medical", "unemployment", "injury", "maternity",
                                                    "housing_fund"), 20))  # fmt: skip
    end(ours, own)
    assert [cutoffs_of("苏州").day("pension", day) for day in (dt.date(2026, 11, 30), DECEMBER)] == [20, 15]
    assert end(ours, shipped_list()).valid_to == DECEMBER


def test_who_needs_it_by_the_time_of_the_approval_keeps_it(ours):
    waiting = propose_end(shipped("generic"), DECEMBER, "没人用了", ours.administrator)
    make_batch(approved(ours), layout("generic"), ours.specialist)
    with pytest.raises(Refused, match="澄光电子"):
        approve(waiting, ours.payroll_officer)
    assert shipped("generic").valid_to is None


def test_by_the_pages(stage, sign_in):
    with tenant(stage.agency):
        row = shipped("abc")
    client = sign_in(stage.administrator)
    url = reverse("payroll:layout_end", args=[row.pk])
    assert url in client.get(reverse("payroll:file_layout", args=[row.pk])).content.decode()
    assert client.post(url, {"on": "2026-01-01", "why": "没人用"}).status_code == 422
    assert client.post(url, {"on": "2026-12-01", "why": "没人用"}).status_code == 302
    with tenant(stage.agency):
        found = LayoutDraft.objects.get()
    officer = sign_in(stage.payroll_officer)
    shown = officer.get(reverse("payroll:layout_draft", args=[found.pk])).content.decode()
    assert "2026-11-30" in shown
    assert "没人用" in shown
    officer.post(reverse("payroll:layout_draft_approve", args=[found.pk]), {"confirmed": "1"})
    with tenant(stage.agency):
        assert FileLayout.objects.get(pk=row.pk).valid_to == DECEMBER
