"""Money in, matched and carried over; answers of the client; no money, no payout."""

import datetime as dt
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from agency.audit.models import BusinessEvent
from agency.outside.links import BadLink
from payroll.files.releasing import release
from payroll.models import Allocation, BankBatch, Bill, OwnMoney, PayoutConsent, Receipt
from payroll.refusals import Refused
from payroll.settlement import links
from payroll.settlement.answering import confirm, dispute, invoice, revise, send_bill
from payroll.settlement.billing import add_line
from payroll.settlement.payouts import Cover, consent, must_have_money
from payroll.settlement.receivables import ageing
from payroll.settlement.receiving import balance_of, free_fen, open_fen, receive
from tests.payroll.files import stage as files
from tests.payroll.settlement.stage import INVOICE, agreed, by_hand, drafted, invoiced, objected, sent, terms

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)


def pay(ours, fen, **values):
    return receive(ours.client, fen, DAY, ours.payroll_officer, **values)


def test_part_then_the_rest_pays_an_invoiced_bill(ours):
    bill = invoiced(ours)
    pay(ours, bill.total_fen - 100)
    assert open_fen(bill) == 100
    pay(ours, 100)
    bill.refresh_from_db()
    assert (bill.state, open_fen(bill), free_fen(ours.client)) == ("paid", 0, 0)


def test_too_much_is_carried_over_to_the_next_bill(ours):
    bill = drafted(ours)
    pay(ours, bill.total_fen + 500_00)
    assert free_fen(ours.client) == bill.total_fen + 500_00
    bill = send_bill(bill, ours.payroll_officer)
    assert bill.brought_forward_fen == -(bill.total_fen + 500_00)
    assert (open_fen(bill), free_fen(ours.client), balance_of(ours.client)) == (0, 500_00, -500_00)


def test_the_same_bank_reference_is_not_counted_twice(ours):
    pay(ours, 100, reference="B20261120-7")
    with pytest.raises(Refused):
        pay(ours, 100, reference="B20261120-7")
    assert Receipt.objects.count() == 1


def test_no_receipt_and_no_bill_is_matched_beyond_its_amount(ours):
    bill = sent(ours)
    receipt = Receipt.objects.create(
        client=ours.client, amount_fen=100, received_on=DAY, entered_by=ours.payroll_officer
    )
    with pytest.raises(IntegrityError, match="more was matched"), transaction.atomic():
        Allocation.objects.create(receipt=receipt, bill=bill, amount_fen=101)
    large = Receipt.objects.create(
        client=ours.client, amount_fen=10**12, received_on=DAY, entered_by=ours.payroll_officer
    )
    with pytest.raises(IntegrityError, match="more was matched"), transaction.atomic():
        Allocation.objects.create(receipt=large, bill=bill, amount_fen=bill.total_fen + 1)


def test_the_client_agrees_and_the_first_answer_counts(ours):
    bill = confirm(agreed(ours), "别人")
    assert (bill.state, bill.answered_by) == ("confirmed", "周经理")
    assert BusinessEvent.objects.get(name="settlement.bill.confirmed").actor_name == "周经理"


def test_an_objection_opens_the_bill_again_and_ends_the_old_link(ours):
    bill = objected(ours)
    token = links.sign(bill)
    assert bill.objection == "加班多算了两小时"
    bill = revise(bill, ours.payroll_officer)
    by_hand(ours)
    bill = send_bill(bill, ours.payroll_officer)
    assert (bill.version, bill.state, bill.objection) == (2, "sent", "")
    with pytest.raises(BadLink):
        links.sent(token)
    assert links.sent(links.sign(bill)) == bill


def test_a_link_expires_and_a_forged_one_opens_nothing(ours):
    with time_machine.travel("2026-11-20T10:00:00+08:00", tick=False) as clock:
        token = links.sign(sent(ours))
        clock.shift(timedelta(days=46))
        with pytest.raises(BadLink) as late:
            links.agency_of(token)
    assert late.value.expired
    with pytest.raises(BadLink) as forged:
        links.agency_of(token[:-2] + "xx")
    assert not forged.value.expired


def test_a_bill_with_money_is_not_revised(ours):
    bill = objected(ours)
    pay(ours, 100)
    with pytest.raises(Refused):
        revise(bill, ours.payroll_officer)


@pytest.mark.parametrize("number", ["123", "2632000000001234567X", ""])
def test_an_invoice_has_20_digits(ours, number):
    with pytest.raises(Refused):
        invoice(agreed(ours), number, DAY, ours.payroll_officer)


def test_an_invoice_needs_the_clients_agreement_and_pays_what_came_before(ours):
    bill = sent(ours)
    pay(ours, bill.total_fen)
    with pytest.raises(Refused):
        invoice(bill, INVOICE, DAY, ours.payroll_officer)
    bill = invoice(confirm(bill, "周经理"), INVOICE, DAY, ours.payroll_officer)
    assert bill.state == "paid"


def test_nothing_owed_is_not_sent(ours):
    bill = drafted(ours)
    add_line(bill, "other", "退回", -bill.total_fen, False, ours.payroll_officer)
    with pytest.raises(Refused):
        send_bill(bill, ours.payroll_officer)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_what_money_covers_and_lacks_is_the_whole(received, gone, amount):
    lacking = Cover(received, gone).lacking(amount)
    assert 0 <= lacking <= amount
    assert amount - lacking <= max(received - gone, 0)


class TestNoMoneyNoPayout:
    def test_the_release_waits_for_the_money_and_says_how_much(self, ours):
        terms(ours, money_first=True)
        batch = files.batch(ours)
        with pytest.raises(Refused, match="还差"):
            release(batch, ours.payroll_officer)
        bill = sent(ours)
        pay(ours, bill.total_fen)
        assert release(batch, ours.payroll_officer).state == "released"
        assert not OwnMoney.objects.exists()

    def test_money_before_the_bill_counts_too(self, ours):
        terms(ours, money_first=True)
        batch = files.batch(ours)
        pay(ours, batch.total_fen)
        assert release(batch, ours.payroll_officer).state == "released"

    def test_a_second_person_agrees_and_the_own_money_is_written_down(self, ours):
        terms(ours, money_first=True)
        batch = files.batch(ours)
        with pytest.raises(Refused):
            consent(batch.run, ours.manager, "  ")
        with pytest.raises(Refused):
            consent(batch.run, ours.specialist, "客户承诺周五付款")
        consent(batch.run, ours.manager, "客户承诺周五付款")
        with pytest.raises(Refused):
            release(batch, ours.manager)
        batch = release(batch, ours.payroll_officer)
        assert batch.consented_by == ours.manager
        assert OwnMoney.objects.get().amount_fen == batch.total_fen
        event = BusinessEvent.objects.get(name="settlement.payout.agreed")
        assert event.data["reason"] == "客户承诺周五付款"
        with pytest.raises(Refused):
            consent(batch.run, ours.payroll_officer, "再一次")

    def test_the_database_holds_to_a_third_person(self, ours):
        batch = files.batch(ours)
        with pytest.raises(IntegrityError, match="payroll_batch_consent_by_another"), transaction.atomic():
            BankBatch.objects.filter(pk=batch.pk).update(
                state="released", releaser=ours.payroll_officer, consented_by=ours.payroll_officer
            )

    def test_without_the_option_nothing_waits_but_own_money_shows(self, ours):
        terms(ours)
        batch = release(files.batch(ours), ours.payroll_officer)
        assert OwnMoney.objects.get().batch == batch

    def test_without_terms_nothing_is_asked(self, ours):
        release(files.batch(ours), ours.payroll_officer)
        assert not OwnMoney.objects.exists()
        assert not PayoutConsent.objects.exists()

    def test_part_of_the_money_covers_part(self, ours):
        terms(ours)
        batch = files.batch(ours)
        pay(ours, batch.total_fen - 70)
        assert must_have_money(batch.run, batch.total_fen) == 70


def test_receivables_by_age_add_up(ours):
    bill = sent(ours)
    Bill.objects.filter(pk=bill.pk).update(due_on=dt.date(2026, 9, 30))
    pay(ours, 50_00)
    table = ageing(ours.payroll_officer, dt.date(2026, 11, 23))
    row = table.rows[0]
    assert (row.client, row.days_60, row.oldest) == (ours.client, bill.total_fen - 50_00, 54)
    assert table.sums["total"] == row.total == bill.total_fen - 50_00
    assert ageing(ours.colleague, dt.date(2026, 11, 23)).rows == []


def test_own_money_shows_until_the_bill_is_paid(ours):
    terms(ours)
    batch = release(files.batch(ours), ours.payroll_officer)
    on = dt.date(2026, 11, 23)
    assert ageing(ours.payroll_officer, on).sums["own_fen"] == batch.total_fen
    bill = sent(ours)
    assert ageing(ours.payroll_officer, on).sums["own_fen"] == batch.total_fen
    pay(ours, bill.total_fen)
    assert ageing(ours.payroll_officer, on).rows == []


def test_an_objection_after_agreement_still_counts(ours):
    assert dispute(agreed(ours), "周经理", "再看").state == "disputed"
