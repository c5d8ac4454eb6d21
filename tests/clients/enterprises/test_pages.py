import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from clients.models import ClientContact, ClientEnterprise, DispatchAgreement


@pytest.fixture(autouse=True)
def on_23_november():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


NEW = {
    "name": "恒屿机械有限公司",
    "short_name": "恒屿",
    "credit_code": "91320500ma1te5t03k",
    "pay_day": "10",
}


def test_a_manager_enters_a_client_and_the_code_is_checked(ours, sign_in):
    browser = sign_in(ours.manager)
    assert browser.post(reverse("clients:client_new"), NEW).status_code == 302
    assert ClientEnterprise.objects.get(short_name="恒屿").credit_code == "91320500MA1TE5T03K"
    for code in ("91320500MA1TE5T03L", "91320500MA1TE5T01D"):  # a wrong check character; another client's
        answer = browser.post(reverse("clients:client_new"), {**NEW, "credit_code": code})
        assert answer.status_code == 422 and set(answer.context["form"].errors) == {"credit_code"}


def test_a_specialist_sees_only_their_clients_and_does_not_change_them(ours, sign_in):
    browser = sign_in(ours.specialist)
    page = browser.get(reverse("clients:clients"))
    assert [card.client for card in page.context["cards"]] == [ours.client]
    assert browser.get(reverse("clients:client", args=[ours.other_client.pk])).status_code == 404
    assert browser.get(reverse("clients:client_edit", args=[ours.client.pk])).status_code == 403


def test_a_specialist_keeps_the_contacts_of_their_clients(ours, sign_in):
    browser = sign_in(ours.specialist)
    data = {"name": "孟主任", "kind": "middle", "phone": "13700001234"}
    browser.post(reverse("clients:contact_new", args=[ours.client.pk]), data)
    contact = ClientContact.objects.get(name="孟主任")
    browser.post(
        reverse("clients:contact_edit", args=[contact.pk]),
        {"name": "孟主任", "kind": "middle", "phone": "", "title": "车间主任", "is_active": "on"},
    )
    contact.refresh_from_db()
    assert (contact.phone, contact.title) == ("13700001234", "车间主任")
    assert browser.get(reverse("clients:contact_new", args=[ours.other_client.pk])).status_code == 404


@pytest.mark.parametrize("typed", ["澄光", "cgdz", "chengguang", "澄光电子（"])
def test_clients_are_found_by_name_initials_and_pinyin(ours, sign_in, typed):
    page = sign_in(ours.manager).get(reverse("clients:clients"), {"q": typed})
    assert [card.client for card in page.context["cards"]] == [ours.client]


def test_the_overview_counts_and_warns(ours, sign_in):
    ours.client.own_staff = 3
    ours.client.save()
    page = sign_in(ours.manager).get(reverse("clients:client", args=[ours.client.pk]))
    text = page.content.decode()
    assert "25%" in text and "超 10%，多 1 人" in text
    assert page.context["headcount"].now == 1


def test_the_last_day_of_an_agreement_is_inclusive(ours, sign_in):
    url = reverse("clients:agreement_new", args=[ours.client.pk])
    browser = sign_in(ours.manager)
    browser.post(url, {"number": "2027-01", "valid_from": "2027-01-01", "last_day": "2027-12-31"})
    agreement = DispatchAgreement.objects.get(number="2027-01")
    assert (agreement.valid_to, agreement.last_day) == (dt.date(2028, 1, 1), dt.date(2027, 12, 31))
    wrong = browser.post(url, {"number": "2027-02", "valid_from": "2027-01-01", "last_day": "2026-12-31"})
    assert wrong.status_code == 422
    same = browser.post(url, {"number": "2027-01", "valid_from": "2027-01-01"})
    assert set(same.context["form"].errors) == {"number"}


def test_a_place_has_a_name_of_its_own_within_the_client(ours, sign_in):
    browser = sign_in(ours.manager)
    same = browser.post(reverse("clients:site_new", args=[ours.client.pk]), {"name": "一号车间", "kind": "workshop"})
    assert same.status_code == 422
    edited = browser.post(
        reverse("clients:site_edit", args=[ours.site.pk]), {"name": "一号车间", "kind": "office", "is_active": "on"}
    )
    assert edited.status_code == 302


@pytest.mark.parametrize("name", ["client", "places", "contacts", "agreements", "assignments"])
def test_the_tabs_count_the_workers_and_know_where_one_is(ours, sign_in, name):
    page = sign_in(ours.specialist).get(reverse(f"clients:{name}", args=[ours.client.pk]))
    tabs = {tab["url"]: tab for tab in page.context["tabs"]}
    assert tabs[reverse("workers:of_client", args=[ours.client.pk])]["count"] == 1
    assert [tab["url"] for tab in tabs.values() if tab["current"]] == [page.request["PATH_INFO"]]
