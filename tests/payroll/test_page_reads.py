"""Payroll's pages ask the database the same few questions for two workers and for sixteen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agency.tenancy.context import tenant
from payroll.files.releasing import answer
from payroll.models import BureauRecord, Payslip
from payroll.payslips.links import sign
from payroll.payslips.publishing import publish
from payroll.settlement.links import sign as sign_bill
from tests.payroll.files.stage import crew, released
from tests.payroll.runs.stage import attend, employ, opened
from tests.payroll.settlement.stage import sent

pytestmark = pytest.mark.django_db
SMALL, LARGE = 2, 16
NUMBERS = "一二三四五六七八九十甲乙丙丁戊己"
# As a payroll officer sees them; five reads are the frame's: who it is, their roles, and what waits in the menu.
MOST = {
    "runs": 9,
    "run": 14,
    "run_checks": 10,
    "run_files": 13,
    "files": 14,
    "batch": 12,
    "bills": 12,
    "bill": 14,
    "receivables": 14,
    "matches": 10,
    "match": 14,
    "payslip": 14,
    "worker_tax": 14,
    "worker_opening": 12,
    "openings": 9,
    "declarations": 9,
    "payslip_public": 14,
    "bill_public": 14,
}


def counted(client, url, sent=None):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url) if sent is None else client.post(url, sent)
    assert response.status_code == 200, url
    return sum(' FROM "' in query["sql"] for query in captured.captured_queries)


def finished(company, people):
    """Take a run of so many people through to the bank, the bill and the bureau's list; return its pages."""
    with tenant(company.agency):
        run = publish(crew(company, [f"王{NUMBERS[n]}" for n in range(people)]), company.specialist)
        batch = answer(released(company, run=run), [], company.payroll_officer, rest_paid=True)
        bill = sent(company)
        slips = list(Payslip.objects.filter(run=run).order_by("pk"))
        for slip in slips[1:]:
            BureauRecord.objects.create(period=run.period, city="苏州", identity_key=str(slip.pk), worker=slip.worker)
        worker = slips[0].worker_id
        args = {
            "runs": [], "run": [run.pk], "run_checks": [run.pk], "run_files": [run.pk], "files": [],
            "batch": [batch.pk], "bills": [], "bill": [bill.pk], "receivables": [], "matches": [],
            "match": [run.client_id], "payslip": [slips[0].pk], "worker_tax": [worker], "worker_opening": [worker],
            "openings": [], "declarations": [], "payslip_public": [sign(slips[0])], "bill_public": [sign_bill(bill)],
        }  # fmt: skip
        return {
            name: reverse(f"payroll:{name}", args=values) + f"?period={run.period}" for name, values in args.items()
        }


def reads_of(client, company, people):
    pages = finished(company, people)
    for url in pages.values():  # the first visit installs layouts and marks a payslip as opened
        assert client.get(url).status_code == 200, url
    return {name: counted(client, url) for name, url in pages.items()}


def test_pages_ask_the_same_of_two_workers_and_of_sixteen(cast, sign_in):
    small = reads_of(sign_in(cast.ours.payroll_officer), cast.ours, SMALL)
    large = reads_of(sign_in(cast.theirs.payroll_officer), cast.theirs, LARGE)
    assert large == small
    assert {name: count for name, count in small.items() if count > MOST[name]} == {}
    assert set(small) == set(MOST)


def test_a_preview_asks_the_same_of_two_workers_and_of_sixteen(cast, sign_in):
    asked = []
    for company, people in ((cast.ours, SMALL), (cast.theirs, LARGE)):
        with tenant(company.agency):
            run = opened(company)
            workers = [company.worker] + [employ(company, f"李{NUMBERS[n]}", 320 + n) for n in range(people)]
            for worker in workers:
                attend(run, worker)
            rows = "\n".join(f"{worker.employee_no}\t{worker.name}\t3" for worker in workers)
        url = reverse("payroll:run_paste", args=[run.pk])
        asked.append(counted(sign_in(company.specialist), url, {"rows": f"工号\t姓名\t夜班次数\n{rows}"}))
    assert asked[0] == asked[1] <= 14
