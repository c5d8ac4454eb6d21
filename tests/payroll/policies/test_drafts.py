"""Two people change the rules: one proposes, another approves; the database insists."""

import json

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from agency.tenancy.context import tenant
from payroll.models import ContributionPolicy, PolicyDraft, TaxPolicy
from payroll.policies.drafts import approve, latest_of, propose, reject
from payroll.policies.installing import ensure_policies, install_policies
from payroll.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_23_november():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


@pytest.fixture
def base(ours):
    ensure_policies()
    return latest_of("苏州")


def other(base):
    book = json.loads(json.dumps(base.book))
    book["rules"][0]["floor_fen"] += 100
    return book


def drafted(ours, base):
    return propose(base, other(base), "苏人社发〔2026〕99号", ours.administrator)


def test_an_approved_draft_is_the_next_edition(ours, base):
    edition = approve(drafted(ours, base), ours.payroll_officer)
    assert (edition.edition, edition.source, latest_of("苏州").pk) == (2, "苏人社发〔2026〕99号", edition.pk)
    assert edition.book == other(base)
    assert install_policies() == 0  # what was shipped does not come back over it


def test_nobody_approves_what_they_proposed(ours, base):
    draft = drafted(ours, base)
    with pytest.raises(Refused):
        approve(draft, ours.administrator)
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyDraft.objects.filter(pk=draft.pk).update(state="approved", decided_by=ours.administrator)
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyDraft.objects.filter(pk=draft.pk).update(state="approved", decided_by=None)
    assert latest_of("苏州").edition == 1


def test_a_draft_is_written_once_and_decided_once(ours, base):
    draft = drafted(ours, base)
    for change in ({"book": {}}, {"source": "x"}, {"proposed_by": ours.payroll_officer}):
        with pytest.raises(DatabaseError), transaction.atomic():
            PolicyDraft.objects.filter(pk=draft.pk).update(**change)
    approve(draft, ours.payroll_officer)
    for step in (approve, reject):
        with pytest.raises(Refused):
            step(draft, ours.payroll_officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        PolicyDraft.objects.filter(pk=draft.pk).update(state="proposed")


def test_an_overtaken_draft_is_refused(ours, base):
    draft = drafted(ours, base)
    ContributionPolicy.objects.create(
        city="苏州", edition=2, book=base.book, digest="2" * 64, source="x", provisional=False,
        valid_from=base.valid_from,
    )  # fmt: skip
    with pytest.raises(Refused):
        approve(draft, ours.payroll_officer)
    assert PolicyDraft.objects.get(pk=draft.pk).state == "proposed"


def test_impossible_rules_and_no_change_are_refused(ours, base):
    broken = other(base)
    broken["rules"][0]["employer"]["lowest_rate"] = 2_000_000
    for book in (broken, base.book, {}, base.book | {"city": "上海"}):
        with pytest.raises(Refused):
            propose(base, book, "x", ours.administrator)


def test_the_income_tax_changes_the_same_way(ours, base):
    tax = latest_of("")
    book = json.loads(json.dumps(tax.book))
    book["basic_deduction"][0]["valid_to"] = "2027-01-01"
    book["basic_deduction"].append(
        book["basic_deduction"][0] | {"valid_from": "2027-01-01", "valid_to": None, "monthly_fen": 600_000}
    )
    edition = approve(propose(tax, book, "财政部公告", ours.administrator), ours.payroll_officer)
    assert isinstance(edition, TaxPolicy) and edition.edition == 2


def test_the_way_through_the_pages(ours, base, sign_in):
    browser = sign_in(ours.administrator)
    place = next(number for number, rule in enumerate(base.book["rules"]) if rule["valid_from"] == "2026-01-01")
    page = reverse("payroll:policy_rule", args=[base.pk, place])
    assert "4,952.00" in browser.get(page).content.decode()
    figures = {
        "since": "2026-07", "floor_fen": "5,200", "ceiling_fen": "25,000", "employer_rate": "16", "employee_rate": "8",
        "source": "苏人社发〔2026〕99号",
    }  # fmt: skip
    wrong = browser.post(page, figures | {"floor_fen": "26000"})
    assert wrong.status_code == 422
    answer = browser.post(page, figures)
    assert answer.status_code == 302
    shown = browser.get(answer.url).content.decode()
    assert "5,200.00" in shown and "这是你自己提的" in shown
    assert browser.post(page, figures).status_code == 422  # one change at a time
    with tenant(ours.agency):
        draft = PolicyDraft.objects.get()
    assert "等第二个人" in browser.get(reverse("payroll:policies")).content.decode()
    browser = sign_in(ours.payroll_officer)
    browser.post(reverse("payroll:policy_draft_approve", args=[draft.pk]), {"confirmed": "1"})
    with tenant(ours.agency):
        assert latest_of("苏州").edition == 2


def test_a_draft_is_declined_with_a_reason(ours, base, sign_in):
    draft = drafted(ours, base)
    browser = sign_in(ours.specialist)
    url = reverse("payroll:policy_draft_decline", args=[draft.pk])
    assert browser.post(url, {"reason": "没看到通知"}).status_code == 422
    browser = sign_in(ours.payroll_officer)
    assert browser.post(url, {"reason": "没看到通知"}).status_code == 302
    assert "没看到通知" in browser.get(reverse("payroll:policy_draft", args=[draft.pk])).content.decode()
    with tenant(ours.agency):
        assert PolicyDraft.objects.get().state == "rejected"


@pytest.mark.parametrize("book", ["", "{", "[]", '{"tables": 1.5}', "{}", "[" * 100_000])
def test_tax_rules_that_are_none_are_told(ours, sign_in, book):
    answer = sign_in(ours.administrator).post(reverse("payroll:policy_tax"), {"book": book, "source": "x"})
    assert answer.status_code == 422
