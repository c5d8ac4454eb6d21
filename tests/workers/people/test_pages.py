"""What people do on the pages of workers, from form to history."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from agency.models import BusinessEvent
from tests.cast import identity_number
from workers.models import Placement, Worker


@pytest.fixture(autouse=True)
def on_23_november():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


def new_worker(ours, **changes):
    return {
        "name": "陈立新",
        "identity_number": identity_number(77, dt.date(1999, 2, 3)),
        "phone": "138 0000 0777",
        "starts_on": "2026-12-01",
        "last_day": "2028-11-30",
        "post": ours.post.pk,
        "site": ours.site.pk,
        "base_wage_fen": "3,600.00",
        **changes,
    }


def test_a_specialist_employs_at_their_own_client(ours, sign_in):
    answer = sign_in(ours.specialist).post(reverse("workers:worker_new"), new_worker(ours))
    worker = Worker.objects.get(name="陈立新")
    assert (answer.status_code, answer["Location"]) == (302, reverse("workers:worker", args=[worker.pk]))
    assert (worker.phone, worker.phone_tail, worker.left_on) == ("13800000777", "0777", dt.date(2028, 12, 1))
    assert worker.placements.get().base_wage_fen == 360_000


def test_not_at_anothers_client(ours, sign_in):
    post = ours.other_client.posts.get()
    answer = sign_in(ours.specialist).post(reverse("workers:worker_new"), new_worker(ours, post=post.pk, site=""))
    assert answer.status_code == 422 and "post" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("identity_number", "320500199902030770"),
        ("phone", "12345"),
        ("last_day", "2027-11-30"),
        ("probation_last_day", "2027-03-01"),
        ("employee_no", "0101"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(ours, sign_in, field, value):
    answer = sign_in(ours.specialist).post(reverse("workers:worker_new"), new_worker(ours, **{field: value}))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert not Worker.objects.filter(name="陈立新").exists()


def test_an_empty_number_keeps_the_one_on_file(ours, sign_in):
    url = reverse("workers:worker_edit", args=[ours.worker.pk])
    browser = sign_in(ours.specialist)
    browser.post(url, {"name": "王海涛", "employee_no": "0101", "phone": "", "identity_number": ""})
    worker = Worker.objects.get(pk=ours.worker.pk)
    assert (worker.name, worker.phone, worker.identity_number) == (
        "王海涛",
        ours.worker.phone,
        ours.worker.identity_number,
    )
    browser.post(url, {"name": "王海涛", "employee_no": "0101", "phone": "13900001111", "identity_number": ""})
    assert Worker.objects.get(pk=ours.worker.pk).phone_tail == "1111"


def test_returned_workers_keep_their_history(ours, sign_in):
    placement = Placement.objects.get(worker=ours.worker)
    browser = sign_in(ours.specialist)
    browser.post(
        reverse("workers:placement_return", args=[placement.pk]), {"last_day": "2026-11-20", "reason": "resigned"}
    )
    page = browser.get(reverse("workers:worker", args=[ours.worker.pk])).content.decode()
    assert "2026年11月20日" in page and "员工辞职" in page and "待派" in page
    assert BusinessEvent.objects.filter(name="workers.placement.ended", subject_id=ours.worker.pk).exists()


def test_ending_a_contract_warns_of_the_insurance_that_still_runs(ours, sign_in):
    contract = ours.worker.contracts.get()
    answer = sign_in(ours.specialist).post(
        reverse("workers:contract_end", args=[contract.pk]),
        {"last_day": "2026-11-30", "reason": "本人辞职"},
        follow=True,
    )
    assert "社保还在缴" in answer.content.decode()


def test_two_different_account_numbers_are_not_taken(ours, sign_in):
    url = reverse("workers:account_new", args=[ours.worker.pk])
    data = {"bank": "农业银行", "holder": "王海波", "from_day": "2026-12-01"}
    browser = sign_in(ours.specialist)
    wrong = browser.post(url, {**data, "number": "6228480000001234", "number_again": "6228480000001243"})
    assert wrong.status_code == 422 and set(wrong.context["form"].errors) == {"number_again"}
    right = browser.post(url, {**data, "number": "6228480000001234", "number_again": "6228 4800 0000 1234"})
    assert right.status_code == 302
    before, after = ours.worker.bank_accounts.order_by("valid_from")
    assert (before.valid_to, after.number) == (dt.date(2026, 12, 1), "6228480000001234")


def test_insurance_is_entered_in_yuan_and_per_cent(ours, sign_in):
    sign_in(ours.specialist).post(
        reverse("workers:enrolment_new", args=[ours.worker.pk]),
        {
            "city": "昆山市",
            "base_fen": "5,200",
            "housing_fund_base_fen": "5200.00",
            "housing_fund_rate": "8",
            "since": "2026-12",
        },
    )
    enrolment = ours.worker.enrolments.order_by("-valid_from").first()
    assert (enrolment.city, enrolment.base_fen, enrolment.housing_fund_rate) == ("昆山", 520_000, 80_000)


def test_a_manager_reads_but_does_not_change_workers(ours, sign_in):
    browser = sign_in(ours.manager)
    page = browser.get(reverse("workers:worker", args=[ours.worker.pk])).content.decode()
    assert reverse("workers:worker_edit", args=[ours.worker.pk]) not in page
    assert browser.get(reverse("workers:worker_edit", args=[ours.worker.pk])).status_code == 403


def test_other_apps_offer_their_buttons_to_those_who_may_use_them(ours, sign_in):
    link = f"{reverse('servicedesk:log_new')}?worker={ours.worker.pk}"
    page = reverse("workers:worker", args=[ours.worker.pk])
    assert link in sign_in(ours.specialist).get(page).content.decode()
    assert link not in sign_in(ours.manager).get(page).content.decode()
