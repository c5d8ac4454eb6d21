import pytest
from django.urls import reverse

from agency.models import BackgroundJob
from agency.progress.models import State
from agency.tenancy.context import tenant
from tests.agency.progress.test_jobs import age, claimed, now, start

PART = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def row(cast):
    return start(cast.ours, "昆山", "无锡")


def show(browser, row, **headers):
    return browser.get(reverse("agency:job", args=[row.pk]), **headers).content.decode()


def test_the_page_asks_for_the_bar_until_the_job_has_ended(cast, row, sign_in):
    browser = sign_in(cast.ours.administrator)
    claimed(cast.ours, row)
    part = show(browser, row, **PART)
    assert "<html" not in part
    assert 'hx-trigger="every 1s"' in part
    with tenant(cast.ours.agency):
        BackgroundJob.objects.filter(pk=row.pk).update(state=State.DONE)
    assert "hx-trigger" not in show(browser, row, **PART)
    assert "<html" in show(browser, row)


def test_a_silent_job_offers_to_go_on(cast, row, sign_in):
    browser = sign_in(cast.ours.administrator)
    repeat = reverse("agency:job_repeat", args=[row.pk])
    claimed(cast.ours, row)
    assert repeat not in show(browser, row)
    age(cast.ours, row)
    assert repeat in show(browser, row)


def test_stopping_a_job_needs_the_right_its_kind_asks_for(cast, row, sign_in):
    cancel = reverse("agency:job_cancel", args=[row.pk])
    assert sign_in(cast.ours.manager).post(cancel).status_code == 403
    assert sign_in(cast.ours.administrator).post(cancel).status_code == 302
    assert now(cast.ours, row).state == State.CANCELLED


def test_a_specialist_sees_only_what_they_started(cast, row, sign_in):
    browser = sign_in(cast.ours.specialist)
    assert browser.get(reverse("agency:job", args=[row.pk])).status_code == 404
    assert row.title not in browser.get(reverse("agency:jobs")).content.decode()
    assert row.title in sign_in(cast.ours.manager).get(reverse("agency:jobs")).content.decode()
