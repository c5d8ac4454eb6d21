"""Wages paid in advance: kept back month by month, paused, changed, settled early; what happened can be read."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from agency.periods import Period
from agency.tenancy.context import tenant
from payroll.models import Advance, AdvanceChange
from payroll.refusals import Refused
from payroll.runs.approving import approve
from payroll.schemes.advances import keep_from, pause, repay, with_kept
from tests.payroll.pages import page
from tests.payroll.runs.stage import OCTOBER, computed, slip_of, submitted

from .scheme import with_items

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = OCTOBER.next(), Period(2026, 12)


@pytest.fixture
def advance(ours):
    with_items(ours, {"name": "预支归还", "source": "advance", "place": "deduction"})
    return Advance.objects.create(
        worker=ours.worker, client=ours.client, paid_on=dt.date(2026, 10, 8), amount_fen=900_00, monthly_fen=300_00,
        first_period="2026-10",
    )  # fmt: skip


def left(advance):
    return with_kept(Advance.objects.filter(pk=advance.pk)).get().left_fen


def kept(ours, period=OCTOBER):
    return slip_of(computed(ours, period), ours.worker).deducted_fen


def test_a_pause_keeps_nothing_back_and_then_the_same_part_again(ours, advance):
    pause(advance, OCTOBER, NOVEMBER, ours.payroll_officer, "住院")
    assert [kept(ours, month) for month in (OCTOBER, NOVEMBER, DECEMBER)] == [0, 0, 300_00]


def test_another_part_holds_from_its_month_on(ours, advance):
    keep_from(advance, NOVEMBER, 150_00, ours.payroll_officer)
    assert [kept(ours, month) for month in (OCTOBER, NOVEMBER)] == [300_00, 150_00]


def test_of_two_agreements_about_a_month_the_later_one_holds(ours, advance):
    keep_from(advance, NOVEMBER, 150_00, ours.payroll_officer)
    keep_from(advance, OCTOBER, 100_00, ours.payroll_officer)
    assert kept(ours, NOVEMBER) == 100_00


def test_settled_early_leaves_nothing_for_later_months(ours, advance):
    approve(submitted(ours), ours.payroll_officer)
    assert left(advance) == 600_00
    with pytest.raises(Refused, match=r"600\.00"):
        repay(advance, 600_01, dt.date(2026, 11, 5), ours.payroll_officer)
    repay(advance, 600_00, dt.date(2026, 11, 5), ours.payroll_officer, "转账")
    assert (left(advance), kept(ours, NOVEMBER)) == (0, 0)


def test_a_run_with_the_reviewer_counts_as_kept(ours, advance):
    submitted(ours)
    with pytest.raises(Refused, match=r"600\.00"):
        repay(advance, 900_00, dt.date(2026, 11, 5), ours.payroll_officer)


def test_an_open_run_asks_to_be_computed_again(ours, advance):
    run = computed(ours)
    assert not run.is_stale
    repay(advance, 900_00, dt.date(2026, 10, 20), ours.payroll_officer)
    run.refresh_from_db()
    assert run.is_stale


def test_what_was_agreed_on_is_written_once(ours, advance):
    keep_from(advance, NOVEMBER, 150_00, ours.payroll_officer)
    for change in (lambda rows: rows.update(monthly_fen=1), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(AdvanceChange.objects.all())


def test_the_page_tells_what_happened_and_offers_what_can_be_done(stage, sign_in):
    with tenant(stage.agency):
        with_items(stage, {"name": "预支归还", "source": "advance", "place": "deduction"})
        found = Advance.objects.create(
            worker=stage.worker, client=stage.client, paid_on=dt.date(2026, 10, 8), amount_fen=900_00,
            monthly_fen=300_00, first_period="2026-10",
        )  # fmt: skip
        approve(submitted(stage), stage.payroll_officer)
    client = sign_in(stage.payroll_officer)

    def post(name, **data):
        return client.post(reverse(f"payroll:{name}", args=[found.pk]), data).status_code

    assert post("advance_pause", first="2026-11", last="2026-10") == 422
    assert post("advance_pause", first="2026-11", last="", note="住院") == 302
    assert post("advance_monthly", since="2027-01", monthly_fen="200") == 302
    assert post("advance_repaid", repaid_fen="700", on="2026-11-05") == 422
    assert post("advance_repaid", repaid_fen="100", on="2026-11-05", note="现金") == 302
    shown = page(client, "advance", found.pk)
    for words in ("¥500.00", "预支 ¥900.00", "扣回 ¥300.00", "住院", "还回 ¥100.00", "2027年1月"):
        assert words in shown, words
    assert "¥500.00" in page(client, "scheme_workers", stage.client.pk)


def test_an_advance_without_an_item_for_it_is_pointed_out(stage, sign_in):
    with tenant(stage.agency):
        with_items(stage, ("补贴", "100元"))
        Advance.objects.create(
            worker=stage.worker, client=stage.client, paid_on=dt.date(2026, 10, 8), amount_fen=900_00,
            monthly_fen=300_00, first_period="2026-10",
        )  # fmt: skip
    assert "example=advance" in page(sign_in(stage.payroll_officer), "scheme_workers", stage.client.pk)
