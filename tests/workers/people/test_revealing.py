"""Personal numbers are masked everywhere; whoever looks needs the permission and leaves an event."""

import pytest
from django.urls import reverse

from agency.models import BusinessEvent
from agency.tenancy.context import tenant


def doors(c):
    return {
        "identity_number": (reverse("workers:identity_number", args=[c.worker.pk]), c.worker.identity_number),
        "phone": (reverse("workers:phone", args=[c.worker.pk]), c.worker.phone),
        "bank_account": (
            reverse("workers:account_number", args=[c.worker.bank_accounts.get().pk]),
            c.worker.bank_accounts.get().number,
        ),
    }


@pytest.mark.parametrize(
    ("kind", "role"), [("identity_number", "specialist"), ("phone", "manager"), ("bank_account", "payroll_officer")]
)
def test_a_post_shows_the_number_and_keeps_the_event_without_it(ours, sign_in, kind, role):
    url, number = doors(ours)[kind]
    answer = sign_in(ours.staff[role]).post(url)
    assert number in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    event = BusinessEvent.objects.get(name=f"privacy.{kind}.revealed")
    assert event.actor_name == ours.staff[role].name
    assert number not in f"{event.subject_label}{event.data}"


def test_with_htmx_only_the_part_comes_and_masks_itself_after_thirty_seconds(ours, sign_in):
    url, number = doors(ours)["phone"]
    browser = sign_in(ours.specialist)
    shown = browser.post(url, headers={"HX-Request": "true"}).content.decode()
    assert number in shown and "<html" not in shown
    assert 'hx-trigger="load delay:30s"' in shown and f'hx-get="{url}"' in shown
    masked = browser.get(url, headers={"HX-Request": "true"}).content.decode()
    assert number not in masked and "138****0101" in masked
    assert BusinessEvent.objects.filter(name="privacy.phone.revealed").count() == 1


def test_a_plain_get_shows_nothing_and_leads_back(ours, sign_in):
    url, _number = doors(ours)["phone"]
    answer = sign_in(ours.specialist).get(url)
    assert (answer.status_code, answer["Location"]) == (302, reverse("workers:worker", args=[ours.worker.pk]))


@pytest.mark.parametrize("role", ["specialist", "manager", "administrator", "reviewer"])
def test_who_may_not_pay_sees_no_account(ours, sign_in, role):
    url, _number = doors(ours)["bank_account"]
    assert sign_in(ours.staff[role]).post(url).status_code == 403


def test_anothers_worker_is_not_there(ours, sign_in):
    url, number = doors(ours)["phone"]
    answer = sign_in(ours.colleague).post(url)
    assert answer.status_code == 404 and number not in answer.content.decode()
    assert not BusinessEvent.objects.filter(name="privacy.phone.revealed").exists()


def test_no_page_and_no_api_carries_a_number(cast, sign_in):
    """Every page of a worker and a client, for every role: neither number nor the birth date that completes a mask."""
    c = cast.ours
    with tenant(c.agency):
        secrets = [number for _url, number in doors(c).values()] + [c.contact.phone, "1990-05-17", "1990年5月17日"]
    urls = [
        "/workers/",
        f"/workers/{c.worker.pk}/",
        f"/workers/{c.worker.pk}/edit/",
        f"/workers/of-client/{c.client.pk}/",
        f"/clients/{c.client.pk}/",
        f"/clients/{c.client.pk}/contacts/",
        f"/clients/contacts/{c.contact.pk}/",
        "/search/?q=wang",
        f"/search/?q={c.worker.phone}",
        "/api/workers/",
        f"/api/workers/{c.worker.pk}/",
    ]
    for role in ("specialist", "administrator", "payroll_officer"):
        browser = sign_in(c.staff[role])
        for url in urls:
            text = browser.get(url).content.decode()
            found = [secret for secret in secrets if secret in text]
            # What somebody typed themselves may stand in the field they typed it in.
            assert found == [], (role, url)
