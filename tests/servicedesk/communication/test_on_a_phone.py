"""A talk on a phone: few taps, little time, at 390×844, with and without a network and script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from agency.tenancy.context import tenant
from servicedesk.communication.confirming import link_for
from servicedesk.communication.topics import install_default_topics
from servicedesk.models import CommunicationLog, Confirmation
from tests.cast import PASSWORD, hire
from tests.servicedesk.communication.making import talk_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True, "locale": "zh-CN"}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
SAID = "热水晚上九点后不够用。"
# Measured by others: a thumb types 36 words a minute, so 11 characters of pinyin input take about 11 s; a tap
# with the look before it takes about 2 s.
SECONDS_A_TAP, SECONDS_A_CHARACTER = 2, 1


@pytest.fixture
def company(cast):
    with tenant(cast.ours.agency):
        install_default_topics()
        hire("孙玉梅", 333, cast.ours.client, cast.ours.site, cast.ours.post)
    return cast.ours


@pytest.fixture
def enter(browser, live_server, company):
    """Return a function that opens a phone on which the specialist has signed in."""
    opened = []

    def phone(**options):
        context = browser.new_context(**PHONE, base_url=live_server.url, **options)
        opened.append(context)
        page = context.new_page()
        page.goto("/sign-in/")
        page.fill("[name=username]", company.specialist.email)
        page.fill("[name=password]", PASSWORD)
        page.click("button[data-variant=primary]")
        page.wait_for_url(re.compile(r"^(?!.*sign-in)"))
        return page

    yield phone
    for context in opened:
        context.close()


class Thumb:
    """Counts what a thumb does."""

    def __init__(self, page):
        self.page, self.taps, self.characters = page, 0, 0

    def tap(self, selector):
        self.page.tap(selector)
        self.taps += 1

    def type(self, text):
        self.page.keyboard.insert_text(text)
        self.characters += len(text)

    @property
    def seconds(self):
        return self.taps * SECONDS_A_TAP + self.characters * SECONDS_A_CHARACTER


def kept(company):
    with tenant(company.agency):
        return list(CommunicationLog.objects.values_list("said", flat=True))


def test_a_median_talk_takes_under_twelve_taps_and_forty_seconds(enter, company):
    page = enter()
    page.goto(reverse("servicedesk:whom"))
    thumb = Thumb(page)
    thumb.tap(".item:has-text('王海波')")
    page.wait_for_selector("#talk")
    thumb.tap(".chip:has-text('孙玉梅')")
    thumb.tap(".chip:has-text('宿舍')")
    thumb.tap("[name=said]")
    thumb.type(SAID)
    thumb.tap("button:has-text('存好')")
    page.wait_for_selector("img.qr")
    print(f"{thumb.taps} taps, {thumb.characters} characters, about {thumb.seconds} s")
    assert thumb.taps <= 12
    assert thumb.seconds < 40
    with tenant(company.agency):
        log = CommunicationLog.objects.get()
        assert sorted(person.name for person in log.people.all()) == ["孙玉梅", "王海波"]


def test_nothing_is_wider_than_the_phone(enter, company):
    page = enter()
    for name in ("logs", "log_new", "whom"):
        page.goto(reverse(f"servicedesk:{name}"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_are_readable_for_all(enter, company, theme):
    page = enter(color_scheme=theme)
    # As high as the page, or the bar at the foot would seem to cover what lies behind it for good.
    page.set_viewport_size({"width": 390, "height": 4000})
    with tenant(company.agency):
        log = talk_with(company, [company.worker, company.contact], started_at=timezone.now())
        link = link_for(log.people.first(), "http://testserver").removeprefix("http://testserver")
    lists = [reverse(f"servicedesk:{name}") for name in ("logs", "log_new", "whom")]
    one = [reverse(f"servicedesk:{name}", args=[log.pk]) for name in ("log", "log_saved", "log_amend")]
    for path in [*lists, *one, link, f"{link}?lang=en", "/c/forged/"]:
        page.goto(path)
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, (path, found.generate_report())


def test_searching_keeps_those_chosen(enter):
    page = enter()
    page.goto(reverse("servicedesk:log_new"))
    page.tap(".chip:has-text('王海波')")
    page.fill("[name=q]", "sym")
    page.wait_for_selector("#people .chip:has-text('孙玉梅')")
    assert page.is_checked(".chip:has-text('王海波') input")


def test_it_works_without_script(enter, company):
    page = enter(java_script_enabled=False)
    page.goto(reverse("servicedesk:log_new"))
    page.fill("[name=q]", "孙")
    page.click("button[name=find]")
    page.check("[name=who]", force=True)
    page.check("[name=topics] >> nth=0", force=True)
    page.fill("[name=said]", SAID)
    page.click("button:has-text('存好')")
    assert page.is_visible("img.qr")
    assert kept(company) == [SAID]


def test_what_was_typed_survives_leaving_the_page(enter):
    page = enter()
    page.goto(reverse("servicedesk:log_new"))
    page.fill("[name=said]", SAID)
    page.wait_for_selector("[data-draft-state]:has-text('草稿已存')")
    page.reload()
    assert page.input_value("[name=said]") == SAID


def test_without_a_network_the_talk_waits_in_the_phone_and_is_sent_once(enter, company):
    page = enter()
    page.goto(reverse("servicedesk:log_new"))
    page.context.set_offline(True)
    page.tap(".chip:has-text('王海波')")
    page.tap(".chip:has-text('宿舍')")
    page.fill("[name=said]", SAID)
    page.tap("button:has-text('存好')")
    page.wait_for_selector("[data-outbox-waiting]:has-text('1 条待传')")
    assert page.input_value("[name=said]") == ""
    assert kept(company) == []
    page.context.set_offline(False)
    page.wait_for_selector("[data-outbox-waiting]", state="hidden")
    page.reload()
    assert kept(company) == [SAID]


def test_the_worker_confirms_on_their_own_phone_and_the_page_hears_of_it(enter, company, browser, live_server):
    page = enter()
    page.goto(reverse("servicedesk:log_new") + f"?worker={company.worker.pk}")
    page.tap(".chip:has-text('宿舍')")
    page.fill("[name=said]", SAID)
    page.tap("button:has-text('存好')")
    link = page.wait_for_selector("[data-copy]").get_attribute("data-copy")
    theirs = browser.new_context(**PHONE, java_script_enabled=False).new_page()
    theirs.goto(link)
    targets = theirs.eval_on_selector_all(".answer", "all => all.map(one => one.getBoundingClientRect().height)")
    assert min(targets) >= 76
    theirs.tap("[data-kind=yes]")
    theirs.check("[name=rating][value='3']", force=True)
    theirs.tap("button:has-text('交上去')")
    theirs.wait_for_selector(".answered:has-text('收到了')")
    page.wait_for_selector(".badge:has-text('已确认')", timeout=15_000)
    with tenant(company.agency):
        said = Confirmation.objects.get()
    assert (said.answer, said.rating, said.same_device) == ("yes", 3, False)
