"""Every fen of a bill has one place: bill total = Σ employer cost + fees + VAT, whatever the wages and the terms."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payroll.models import Bill, BillLine, BillRun, Payslip, SettlementTerms, VatStatus
from payroll.refusals import Refused
from payroll.settlement.billing import add_line, give_up, make_bill, remove_line, unbilled
from payroll.settlement.fees import FeeTerms, Tier, fee_fen
from payroll.settlement.vat import amounts, rules, tax_within
from tests.cast import START
from tests.payroll.files.stage import crew
from tests.payroll.runs.stage import OCTOBER
from tests.payroll.settlement.stage import by_hand, drafted, sent, terms

money = st.integers(min_value=0, max_value=10**12)
fees = st.one_of(
    st.builds(FeeTerms, st.just("per_head"), money.map(lambda fen: fen % 10**6)),
    st.builds(FeeTerms, st.just("fixed"), money.map(lambda fen: fen % 10**9)),
    st.builds(FeeTerms, st.just("percentage"), st.just(0), st.integers(0, 10**6), st.booleans()),
    st.builds(
        lambda bounds, price: FeeTerms("tiered", tiers=(*(Tier(b, price) for b in sorted(bounds)), Tier(None, price))),
        st.sets(st.integers(1, 5000), max_size=4),
        st.integers(0, 10**6),
    ),
)


@given(
    cost=money,
    part=st.integers(0, 100),
    fee=fees,
    heads=st.integers(0, 20_000),
    inside=st.booleans(),
    rule=st.sampled_from(rules()),
)
def test_no_fen_is_lost(cost, part, fee, heads, inside, rule):
    asked = fee_fen(fee, heads=heads, cost_fen=cost, gross_fen=cost * 3 // 4)
    deductible = cost * part // 100
    found = amounts(cost_fen=cost, deductible_fen=deductible, fee_fen=asked, fee_includes_tax=inside, rule=rule)
    assert found.cost_fen + found.fee_fen + found.vat_fen == found.total_fen
    assert found.cost_fen == cost
    assert found.deducted_fen == (deductible if rule.deducts else 0)
    if inside:
        assert found.total_fen == cost + asked
    else:
        assert found.fee_fen == asked
    # Both ways of stating the tax agree to the fen.
    assert abs(tax_within(found.total_fen, found.deducted_fen, rule.rate) - found.vat_fen) <= 1


@given(heads=st.integers(0, 10_000), price=st.integers(0, 10**6), bound=st.integers(1, 9_999))
def test_equal_tiers_are_per_head(heads, price, bound):
    tiers = FeeTerms("tiered", tiers=(Tier(bound, price), Tier(None, price)))
    assert fee_fen(tiers, heads=heads, cost_fen=0, gross_fen=0) == heads * price


@pytest.mark.django_db
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    regime=st.sampled_from(["general_difference", "general_full", "small_scale"]),
    inside=st.booleans(),
    rate=st.integers(0, 300_000),
    by_hand=st.lists(st.tuples(st.integers(-50_000, 50_000).filter(bool), st.booleans()), max_size=3),
)
def test_a_bill_adds_up_with_the_payroll_behind_it(ours, regime, inside, rate, by_hand):
    if not unbilled(ours.client, OCTOBER).exists() and not Bill.objects.exists():
        crew(ours)
    VatStatus.objects.all().delete()
    VatStatus.objects.create(regime=regime, valid_from=START)
    terms(ours)
    SettlementTerms.objects.update(model="percentage", rate=rate, fee_includes_tax=inside)
    bill = make_bill(ours.client, OCTOBER, ours.payroll_officer)
    for amount, deductible in by_hand:
        add_line(bill, "back_payment", "补差", amount, deductible, ours.payroll_officer)
    bill.refresh_from_db()
    slips = Payslip.objects.filter(run__billed__bill=bill)
    cost = sum(slip.employer_cost_fen for slip in slips) + sum(amount for amount, _deductible in by_hand)
    assert bill.cost_fen == cost
    assert bill.total_fen == cost + bill.fee_fen + bill.vat_fen
    assert bill.total_fen == sum(line.amount_fen for line in bill.lines.all())
    # What the workers get, what is paid for them and what is taxed is exactly what the client pays for.
    paid = sum(s.net_fen + s.tax_fen + s.deducted_fen + s.employee_social_fen + s.employer_social_fen for s in slips)
    paid += sum(
        s.employee_fund_fen + s.employer_fund_fen + s.employee_adjustment_fen + s.employer_adjustment_fen for s in slips
    )
    assert paid == cost - sum(amount for amount, _deductible in by_hand)
    give_up(bill, ours.payroll_officer)


@pytest.mark.django_db
class TestBilling:
    def test_a_run_is_billed_once(self, ours):
        drafted(ours)
        with pytest.raises(Refused):
            make_bill(ours.client, OCTOBER, ours.payroll_officer)
        row = BillRun.objects.get()
        with pytest.raises(IntegrityError, match="payroll_billrun_once"), transaction.atomic():
            BillRun.objects.create(bill=row.bill, run=row.run)

    def test_a_draft_given_up_frees_its_runs(self, ours):
        first = give_up(drafted(ours), ours.payroll_officer)
        second = make_bill(ours.client, OCTOBER, ours.payroll_officer)
        assert (first.state, second.total_fen) == ("void", first.total_fen)
        assert second.number > first.number

    def test_the_fee_is_per_head_and_inside_the_tax(self, ours):
        crew(ours)
        bill = drafted(ours)
        assert (bill.heads, bill.fee_fen + bill.vat_fen) == (4, 480_00)
        assert bill.vat_fen == tax_within(480_00, 0, 60_000)
        assert bill.deducted_fen == bill.cost_fen

    def test_without_terms_or_vat_status_there_is_no_bill(self, ours):
        crew(ours)
        with pytest.raises(Refused, match="澄光电子"):
            make_bill(ours.client, OCTOBER, ours.payroll_officer)
        terms(ours)
        VatStatus.objects.all().delete()
        with pytest.raises(Refused, match="增值税"):
            make_bill(ours.client, OCTOBER, ours.payroll_officer)

    def test_a_line_by_hand_moves_the_tax_and_can_be_taken_off(self, ours):
        bill = drafted(ours)
        before = (bill.total_fen, bill.vat_fen)
        line = by_hand(ours)
        bill.refresh_from_db()
        assert (bill.total_fen, bill.vat_fen) == (before[0] + 88_80, before[1])
        remove_line(line, ours.payroll_officer)
        bill.refresh_from_db()
        assert (bill.total_fen, bill.vat_fen) == before
        with pytest.raises(Refused):
            remove_line(bill.lines.get(kind="wages"), ours.payroll_officer)

    def test_a_sent_bill_stands_even_against_sql(self, ours):
        bill = sent(ours)
        for change in (
            lambda: BillLine.objects.filter(bill=bill).update(amount_fen=1),
            lambda: BillLine.objects.filter(bill=bill).delete(),
            lambda: BillRun.objects.filter(bill=bill).delete(),
            lambda: Bill.objects.filter(pk=bill.pk).update(total_fen=1, cost_fen=1, fee_fen=0, vat_fen=0),
            lambda: Bill.objects.filter(pk=bill.pk).update(state="draft"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
        with pytest.raises(Refused):
            add_line(bill, "other", "x", 1, False, ours.payroll_officer)

    def test_a_bill_that_does_not_add_up_is_not_sent(self, ours):
        """The proof that the promise does not hang on the program."""
        bill = drafted(ours)
        BillLine.objects.filter(bill=bill, kind="wages").update(amount_fen=1)
        with pytest.raises(IntegrityError, match="does not add up"), transaction.atomic():
            Bill.objects.filter(pk=bill.pk).update(state="sent", sent_at=dt.datetime(2026, 11, 20, tzinfo=dt.UTC))

    def test_the_terms_of_the_month_hold_and_not_todays(self, ours):
        terms(ours)
        SettlementTerms.objects.update(valid_to=dt.date(2026, 11, 1))
        SettlementTerms.objects.create(
            agreement=ours.agreement, valid_from=dt.date(2026, 11, 1), model="fixed", amount_fen=1
        )
        crew(ours)
        bill = make_bill(ours.client, OCTOBER, ours.payroll_officer)
        assert bill.rule["fee_agreed_fen"] == 480_00
