"""The app on a phone without a signal: it opens, takes talks, shows its queue, and sends each once."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from agency.tenancy.context import tenant
from servicedesk.models import CommunicationLog
from tests.servicedesk.phone.conftest import enter, until, until_kept

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAID = "热水晚上九点后不够用。"
STATES = "self.store.all().then(all => all.map(form => form.state).join())"


def write_down(page, name="孙玉梅"):
    page.fill("[name=q]", "sym")
    page.wait_for_selector("#people:not(:has(.chip:nth-of-type(2)))")  # the search has answered
    page.tap(f"#people .chip:has-text('{name}')")
    page.tap(".chip:has-text('宿舍')")
    page.fill("[name=said]", SAID)
    page.tap("button:has-text('存好')")


def kept(company):
    with tenant(company.agency):
        return [log.said for log in CommunicationLog.objects.all()]


def test_a_talk_written_without_a_signal_is_one_record_once_it_is_back(phone, company):
    phone.context.set_offline(True)
    phone.goto(reverse("servicedesk:log_new"))
    write_down(phone)
    phone.wait_for_selector("[data-outbox-waiting]:has-text('1 条待传')")
    phone.goto("/today/")
    phone.wait_for_selector("[data-queue] [data-for=waiting]:visible")
    assert phone.inner_text("[data-queue] [data-title]") == "孙玉梅"
    assert kept(company) == []
    phone.context.set_offline(False)
    phone.wait_for_selector("[data-queue] [data-for=done]:visible")
    assert kept(company) == [SAID]


def test_a_worker_chosen_elsewhere_is_chosen_on_the_kept_form(phone, company):
    phone.context.set_offline(True)
    phone.goto(reverse("servicedesk:log_new") + f"?worker={company.worker.pk}")
    phone.wait_for_selector("#people .chip:has-text('王海波')")
    assert phone.is_checked(f"[name=who][value=w{company.worker.pk}]")


def test_an_answer_lost_on_the_way_back_is_asked_for_and_not_sent_again(phone, company):
    phone.goto(reverse("servicedesk:log_new"))
    sent = []

    def cut(route):
        if route.request.method != "POST":
            route.continue_()
            return
        sent.append(1)
        route.fetch()
        route.abort()

    phone.context.route(f"**{reverse('servicedesk:log_new')}", cut)
    write_down(phone)
    until(phone, f"{STATES}.then(all => all === 'done')")
    assert len(sent) == 1
    assert kept(company) == [SAID]


def test_a_refused_form_says_why_and_opens_again(phone, company):
    phone.context.set_offline(True)
    phone.goto(reverse("servicedesk:log_new"))
    write_down(phone)
    phone.wait_for_selector("[data-outbox-waiting]:has-text('1 条待传')")
    with tenant(company.agency):
        company.client.assignments.update(valid_to="2026-02-01")
    phone.context.set_offline(False)
    until(phone, f"{STATES}.then(all => all === 'refused')")
    phone.goto(reverse("servicedesk:log_queue"))
    assert "和谁聊" in phone.inner_text("[data-queue] [data-reason]")
    phone.tap("[data-queue] [data-again]")
    phone.wait_for_selector("#people .chip:has-text('孙玉梅')")
    assert phone.input_value("[name=said]") == SAID
    assert kept(company) == []


def test_another_person_on_the_same_phone_neither_sees_nor_sends_it(phone, company):
    phone.context.set_offline(True)
    phone.goto(reverse("servicedesk:log_new"))
    write_down(phone)
    phone.wait_for_selector("[data-outbox-waiting]:has-text('1 条待传')")
    phone.context.route("**/talks/phone/state/**", lambda route: route.abort())
    phone.context.set_offline(False)
    phone.goto(reverse("agency:account"))
    phone.tap("form[data-drafts-clear] button")
    phone.wait_for_selector("[data-queue-anybody]:has-text('1')")
    assert "孙玉梅" not in phone.content()
    until(phone, "caches.has('own-pages').then(kept => !kept)")
    assert phone.evaluate(f"self.store.people('{company.specialist.pk}')") == []
    phone.context.unroute("**/talks/phone/state/**")

    enter(phone, company.colleague)
    phone.goto(reverse("servicedesk:log_queue"))
    until_kept(phone)
    phone.tap("[data-queue-send]")
    assert phone.is_visible("[data-queue-empty]")
    assert kept(company) == []
    phone.context.clear_cookies()

    enter(phone, company.specialist)
    phone.goto(reverse("servicedesk:log_queue"))
    phone.wait_for_selector("[data-queue] [data-for=done]:visible")
    assert kept(company) == [SAID]


def test_a_session_that_ended_meanwhile_keeps_the_form_and_asks_to_sign_in(phone, company):
    phone.context.set_offline(True)
    phone.goto(reverse("servicedesk:log_new"))
    write_down(phone)
    phone.wait_for_selector("[data-outbox-waiting]:has-text('1 条待传')")
    phone.context.clear_cookies()
    phone.goto(reverse("servicedesk:log_queue"))
    phone.context.set_offline(False)
    phone.wait_for_selector("[data-reason]:has-text('重新登录')")
    enter(phone, company.specialist)
    phone.goto(reverse("servicedesk:log_queue"))
    phone.wait_for_selector("[data-queue] [data-for=done]:visible")
    assert kept(company) == [SAID]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_queue_is_readable_for_all(phone, theme):
    phone.emulate_media(color_scheme=theme)
    phone.context.set_offline(True)
    phone.goto(reverse("servicedesk:log_new"))
    write_down(phone)
    phone.wait_for_selector("[data-outbox-waiting]:has-text('1 条待传')")
    phone.goto(reverse("servicedesk:log_queue"))
    phone.wait_for_selector("[data-queue] [data-for=waiting]:visible")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert Axe().run(phone).violations_count == 0
    heights = phone.eval_on_selector_all(
        "main a, main button",
        "all => all.filter(one => one.offsetParent).map(one => one.getBoundingClientRect().height)",
    )
    assert min(heights) >= 44
