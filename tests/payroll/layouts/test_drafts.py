"""A layout changes by two persons; the one in use ends where the new one begins."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from agency.models import BusinessEvent
from payroll.files.installing import layouts_for
from payroll.layouts.drafts import approve, decline, propose
from payroll.models import FileLayout, LayoutDraft
from payroll.refusals import Refused
from tests.payroll.layouts.stage import DECEMBER, draft, shipped, wanted

pytestmark = pytest.mark.django_db


def in_use(key, on):
    return next(row for row in layouts_for("bank", on) if row.key == key)


def test_a_second_person_puts_it_into_use_from_its_day_on(ours):
    approve(draft(ours, separator="|"), ours.payroll_officer)
    assert in_use("ccb", dt.date(2026, 11, 30)).spec.get("separator", ",") == ","
    later = in_use("ccb", DECEMBER)
    assert (later.spec["separator"], later.provisional, later.source) == ("|", False, "建行代发说明 2026-11-20")
    assert FileLayout.objects.filter(key="ccb").count() == 2
    names = ("payroll.layout.proposed", "payroll.layout.approved")
    assert BusinessEvent.objects.filter(name__in=names).count() == 2


def test_nobody_approves_their_own(ours):
    mine = draft(ours)
    with pytest.raises(Refused):
        approve(mine, ours.administrator)
    with pytest.raises(IntegrityError, match="payroll_layout_second_person"), transaction.atomic():
        LayoutDraft.objects.filter(pk=mine.pk).update(state="approved", decided_by=ours.administrator)


def test_a_decided_draft_stays_decided(ours):
    mine = draft(ours)
    assert decline(mine, ours.administrator).state == "withdrawn"
    with pytest.raises(Refused):
        approve(mine, ours.payroll_officer)


def test_one_draft_of_a_layout_waits_at_a_time(ours):
    draft(ours)
    with pytest.raises(Refused, match="已经有一处改动"):
        draft(ours, separator=";")


def test_nothing_different_and_too_early_are_refused(ours):
    row = shipped()
    with pytest.raises(Refused, match="没有改动"):
        propose(wanted(provisional=row.provisional), ours.administrator)
    with pytest.raises(Refused, match="2026-01-01"):
        propose(wanted(separator="|", valid_from=row.valid_from), ours.administrator)


def test_a_copy_is_a_layout_of_its_own(ours):
    copied = replace(wanted("ccb", max_rows=500), key="ccb_new", valid_from=dt.date(2026, 11, 1))
    approve(propose(copied, ours.administrator), ours.payroll_officer)
    assert {"ccb", "ccb_new"} <= {row.key for row in layouts_for("bank", DECEMBER)}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"columns": [{"header": "账号", "field": "account"}, {"header": "户名", "field": "holder"}]}, "amount_fen"),
        ({"columns": [{"header": "奖金", "field": "bonus_fen"}]}, "bonus_fen"),
        ({"separator": "||"}, "分隔符"),
        ({"file_name": "{nobody}.csv"}, "nobody"),
        ({"encoding": "gbk", "before": [["{total}"]]}, "total"),
    ],
)
def test_a_layout_that_would_write_wrongly_is_refused_in_words(ours, change, words):
    with pytest.raises(Refused, match=words):
        propose(wanted(**change), ours.administrator)


@pytest.mark.parametrize(
    ("index", "change", "words"),
    [
        (1, {"width": 12}, "12 字节.*19"),
        (4, {"style": "text"}, "钱"),
        (2, {"header": "户名𬭎"}, "𬭎.*GBK"),
    ],
)
def test_a_fixed_column_says_what_is_wrong_with_it(ours, index, change, words):
    columns = [dict(column) for column in shipped("icbc").spec["columns"]]
    columns[index] |= change
    with pytest.raises(Refused, match=words):
        propose(wanted("icbc", columns=columns), ours.administrator)
