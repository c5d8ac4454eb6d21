"""The match of a client's month: the bureau's list as it is sent, against placements, bills and payments."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from agency.money import yuan
from agency.periods import Period
from agency.spreadsheets.opening import OLE_MAGIC
from agency.tenancy.context import tenant
from payroll.matching.gaps import Gap
from payroll.matching.matching import match
from payroll.models import BureauRecord
from tests.cast import identity_number
from tests.payroll.matching.lists import as_xls, imported, known, uploaded
from tests.payroll.pages import page, reads
from tests.payroll.runs.stage import OCTOBER, approved, employ
from tests.payroll.settlement.stage import sent
from tests.workers.imports.rosters import doubts, errors
from workers.models import InsuranceEnrolment, Placement

pytestmark = pytest.mark.django_db
TODAY = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TODAY, tick=False):
        yield


def matched(company, period=OCTOBER):
    with tenant(company.agency):
        found = match(company.client.pk, period)
        assert len(found.rows) == len(found.order)
        return found


def row_of(found, name):
    return next(row for row in found.rows if row.name == name)


def test_a_list_below_titles_and_a_head_on_two_lines_is_read(stage):
    upload = imported(stage, known(stage))
    assert (upload.rows, errors(upload)) == (1, [])
    with tenant(stage.agency):
        record = BureauRecord.objects.get()
        assert (record.worker, record.insured, record.paid) == (stage.worker, True, True)
        assert (record.employer_fen, record.employee_fen, record.city) == (1250_00, 525_00, "苏州")


def test_an_old_xls_with_a_merged_title_and_a_merged_head_is_found_and_matched(stage):
    file = as_xls(known(stage), ("石磊", identity_number(777), "停保", 1250, 525.5))
    assert file.read(8) == OLE_MAGIC
    with tenant(stage.agency):
        approved(stage)
    upload = imported(stage, file=file)
    assert (upload.rows, errors(upload)) == (2, [])
    assert upload.reading["sheet"] == "缴费明细"
    with tenant(stage.agency):
        ours, stranger = BureauRecord.objects.order_by("-insured")
        assert (ours.worker, ours.insured, ours.paid, ours.due_fen) == (stage.worker, True, True, 1775_00)
        assert (stranger.worker, stranger.insured, stranger.employee_fen) == (None, False, 525_50)
    assert row_of(matched(stage), "王海波").facts.declared


def test_the_same_list_twice_changes_nothing_and_a_later_one_wins(stage):
    imported(stage, known(stage))
    imported(stage, known(stage))
    imported(stage, known(stage, state="停保", employer="0", employee="0"))
    with tenant(stage.agency):
        assert not BureauRecord.objects.get().insured


def test_bad_cells_are_named_and_strangers_are_doubts(stage):
    stranger = ("石磊", identity_number(777), "在保", "1250", "525")
    upload = uploaded(stage, stranger, ("王海波", "32050019900517", "休假", "1250", "525"))
    assert {row for row, _header, _why in errors(upload)} == {5}
    assert len(errors(upload)) == 2
    assert [row for row, _header, _why in doubts(upload)] == [4]
    with tenant(stage.agency):
        assert not BureauRecord.objects.exists()


def test_before_the_list_is_in_nobody_can_tell(stage):
    found = matched(stage)
    assert (found.missing, found.risk_fen, found.rows[0].facts.declared) == (["苏州"], 0, None)


def test_placed_but_not_on_the_list(stage):
    with tenant(stage.agency):
        approved(stage)
        employ(stage, "丁秀英", 305)
    imported(stage, ("石磊", identity_number(777), "在保", "1250", "525"))
    found = matched(stage)
    row = row_of(found, "王海波")
    assert (set(row.gaps), row.facts.days, row.facts.days_late) == ({Gap.NOT_DECLARED}, 31, 22)
    due = row.facts.due_fen
    assert row.risk_fen == due + (2 * due * 5 * 22 + 10_000) // 20_000
    assert found.counts[Gap.NOT_DECLARED] == 2


def test_declared_and_paid_but_on_no_bill_that_was_sent(stage):
    imported(stage, known(stage))
    assert row_of(matched(stage), "王海波").facts.billed is None
    with tenant(stage.agency):
        sent(stage)
    row = row_of(matched(stage), "王海波")
    assert (row.facts.billed, row.gaps) == (True, {})


def test_declared_not_paid(stage):
    imported(stage, (*known(stage)[:3], "0", "0"))
    assert set(row_of(matched(stage), "王海波").gaps) == {Gap.NOT_PAID}


def test_who_has_left_and_is_still_insured(stage):
    with tenant(stage.agency):
        Placement.objects.filter(worker=stage.worker).update(valid_to=dt.date(2026, 10, 1))
    imported(stage, known(stage))
    row = row_of(matched(stage), "王海波")
    assert (row.gaps, row.facts.days_after) == ({Gap.NOT_PLACED: 1775_00}, 31)
    with tenant(stage.agency):
        InsuranceEnrolment.objects.filter(worker=stage.worker).update(valid_to=dt.date(2026, 10, 1))
    assert row_of(matched(stage), "王海波").gaps


def test_the_page_shows_gaps_money_and_filters(stage, sign_in):
    imported(stage, known(stage))
    with tenant(stage.agency):
        employ(stage, "丁秀英", 305)
    client = sign_in(stage.specialist)
    shown = page(client, "match", stage.client.pk, period="2026-10")
    assert "该参保没申报" in shown
    filtered = page(client, "match", stage.client.pk, period="2026-10", gap="not_declared")
    assert "丁秀英" in filtered
    assert "王海波" not in filtered
    assert reads(client, "match", stage.client.pk) < 15
    listed = page(client, "matches", period="2026-10")
    assert "澄光电子" in listed
    assert reverse("payroll:match_risk", args=[stage.client.pk]) in listed, "each client's risk is asked for by itself"
    risk = page(client, "match_risk", stage.client.pk, period="2026-10")
    assert "，1 人" in risk
    assert yuan(matched(stage).risk_fen) in risk


def test_a_month_without_a_list_says_whose_is_missing(stage, sign_in):
    assert "苏州的名单还没导入" in page(sign_in(stage.specialist), "match_risk", stage.client.pk, period="2026-10")


def test_a_month_still_running_counts_its_days_so_far(stage):
    november = Period(2026, 11)
    imported(stage, ("石磊", identity_number(777), "在保", "1250", "525"), period="2026-11")
    facts = row_of(matched(stage, november), "王海波").facts
    assert (facts.days, facts.days_late) == (23, 0)
