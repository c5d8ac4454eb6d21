import re

import pytest

from agency.tenancy.context import tenant
from servicedesk.communication.topics import install_default_topics
from tests.cast import PASSWORD, hire

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True, "locale": "zh-CN"}


@pytest.fixture
def company(cast):
    with tenant(cast.ours.agency):
        install_default_topics()
        hire("孙玉梅", 333, cast.ours.client, cast.ours.site, cast.ours.post)
    return cast.ours


def enter(page, staff):
    page.goto("/sign-in/")
    page.fill("[name=username]", staff.email)
    page.fill("[name=password]", PASSWORD)
    page.click("button[data-variant=primary]")
    page.wait_for_url(re.compile(r"^(?!.*sign-in)"))


def until(page, question):
    """Wait until what the script answers, promises kept, is true."""
    for _attempt in range(100):
        if page.evaluate(question):
            return
        page.wait_for_timeout(100)
    raise AssertionError(question)


def until_kept(page):
    """Wait until the phone has put the frame, the form, the queue and the names away."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "caches.open('own-pages').then(own => own.keys()).then(all => all.length === 3)")
    until(page, "self.store.people(document.body.dataset.person).then(all => all.length > 0)")


@pytest.fixture
def phone(browser, live_server, company):
    """A phone on which the specialist has signed in and which has kept what it needs without a signal."""
    context = browser.new_context(**PHONE, base_url=live_server.url)
    page = context.new_page()
    enter(page, company.specialist)
    page.goto("/talks/")
    until_kept(page)
    yield page
    context.close()
