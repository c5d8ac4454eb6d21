"""What the agency bears of a month without pay is given up with a reason and by a second person; no client pays it."""

import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from agency.models import BusinessEvent
from agency.tenancy.context import tenant
from agency.uploads import vault
from payroll.files.making import make_ledger
from payroll.models import PayrollRun, WorkerDebt, WriteOff
from payroll.refusals import Refused
from payroll.schemes.debts import still_owed
from payroll.schemes.write_offs import approve, by_hand, decline, propose
from payroll.settlement.billing import make_bill
from tests.payroll.documents import fen, tables
from tests.payroll.pages import page
from tests.payroll.runs.stage import approved, slip_of
from tests.payroll.schemes.write_offs import ABSENT, AUGUST, debt, waiting
from tests.payroll.settlement.stage import terms

pytestmark = pytest.mark.django_db


def test_given_up_by_two_persons_it_is_owed_no_more(ours):
    draft = waiting(ours)
    assert [row["owed_fen"] for row in still_owed(ours.client)] == [780_00]
    with pytest.raises(Refused):
        approve(draft, ours.administrator)
    approve(draft, ours.payroll_officer)
    assert list(still_owed(ours.client)) == []
    (row,) = by_hand(ours.client)
    assert (row.given_up, row.given_up_state) == (draft.pk, "approved")
    assert BusinessEvent.objects.filter(name__startswith="payroll.write_off.").count() == 2


def test_the_database_wants_a_second_person_too(ours):
    draft = waiting(ours)
    with pytest.raises(IntegrityError, match="payroll_write_off_second_person"), transaction.atomic():
        WriteOff.objects.filter(pk=draft.pk).update(state="approved", decided_by=ours.administrator)


def test_once_and_with_a_reason(ours):
    found = debt(ours)
    with pytest.raises(Refused, match="为什么"):
        propose(found, " ", ours.administrator)
    draft = propose(found, "要不回来", ours.administrator)
    with pytest.raises(Refused, match="已经"):
        propose(found, "再来一次", ours.payroll_officer)
    decline(draft, ours.payroll_officer, "先再问问")
    assert [row["owed_fen"] for row in still_owed(ours.client)] == [780_00]
    assert propose(found, "问过了", ours.administrator).is_open


def test_what_is_held_back_of_wages_is_not_given_up(ours):
    approved(ours, AUGUST, **ABSENT)
    with pytest.raises(Refused, match="手工"):
        propose(WorkerDebt.objects.get(), "要不回来", ours.administrator)


def test_the_ledger_shows_it_and_the_clients_bill_never_does(ours):
    draft = waiting(ours)
    run = PayrollRun.objects.get(period="2026-08")
    before = heads(make_ledger(run, ours.payroll_officer))
    assert "公司垫付核销" not in before
    approve(draft, ours.payroll_officer)
    told = heads(make_ledger(run, ours.payroll_officer))
    assert (told["公司垫付核销"], told["核销原因"]) == (780, "已离职，要不回来")
    terms(ours)
    slip = slip_of(run, ours.worker)
    bill = make_bill(ours.client, AUGUST, ours.payroll_officer)
    costs = sum(
        line.amount_fen for line in bill.lines.all() if line.run_id == run.pk and line.kind not in ("fee", "vat")
    )
    assert costs == slip.employer_social_fen + slip.employer_fund_fen


def test_each_step_as_documented(ours):
    steps = {row["what happens"]: row for row in tables("contributions.md")["Given up"]}
    run = debt(ours).run
    for name, step in (
        ("advanced", None), ("proposed to be given up", waiting),
        ("approved", lambda c: approve(waiting(c), c.payroll_officer)),
    ):  # fmt: skip
        if step is not None:
            step(ours)
        owed = sum(row["owed_fen"] for row in still_owed(ours.client))
        shown = heads(make_ledger(run, ours.payroll_officer)).get("公司垫付核销", 0)
        assert [owed, round(shown * 100), 0] == fen(steps[name], "still owed", "ledger", "billed for it")


def heads(made):
    names, *rows = load_workbook(io.BytesIO(vault.get(made.stored).read())).active.values
    return dict(zip(names, rows[0], strict=True))


def test_by_the_pages(stage, sign_in):
    with tenant(stage.agency):
        found = debt(stage)
    client = sign_in(stage.administrator)
    assert reverse("payroll:write_off_new", args=[found.pk]) in page(client, "scheme_workers", stage.client.pk)
    url = reverse("payroll:write_off_new", args=[found.pk])
    assert client.post(url, {"why": ""}).status_code == 422
    assert client.post(url, {"why": "已离职，要不回来"}).status_code == 302
    with tenant(stage.agency):
        draft = WriteOff.objects.get()
    officer = sign_in(stage.payroll_officer)
    assert "已离职，要不回来" in page(officer, "write_off", draft.pk)
    officer.post(reverse("payroll:write_off_approve", args=[draft.pk]), {"confirmed": "1"})
    with tenant(stage.agency):
        draft.refresh_from_db()
        assert draft.state == "approved"
