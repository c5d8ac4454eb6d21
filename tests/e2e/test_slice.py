"""One month in a browser: each role signs in and does its own part, on a phone and on a desktop.

The agency's own workbooks are in and the talks are logged; wages, report, spot check and scores are made here by hand.
"""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.conf import settings

from agency.periods import Period
from agency.tenancy.context import tenant
from servicedesk.demo.company import ensure_agency
from servicedesk.demo.files import workbooks
from servicedesk.demo.people import ACCOUNTS, PASSWORD
from servicedesk.demo.steps import exams, plans, roster, talks
from servicedesk.demo.steps.base import Month
from servicedesk.models import CommunicationLog, Confirmation, FormSubmission, ScoreSheet, SpotCheckItem
from tests.e2e.payroll import (
    a_worker_signs_for_the_payslip,
    the_month_is_declared,
    the_wages_go_out_and_the_client_agrees_to_its_bill,
    two_payroll_officers_pay_the_wages,
)
from tests.e2e.walk import WIDTHS, Walk, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OCTOBER = Period(2026, 10)
FOLDER = Path(settings.BASE_DIR, "examples", "2026-10")
BEFORE_PAY_DAY = dt.datetime(2026, 11, 3, 2, 0, tzinfo=dt.UTC)
PHONES = {account.name: account.phone for account in ACCOUNTS}
# One person of each role and what they made; the pages another of them saw before are not looked at twice.
EVERY_ROLE = {
    "许志强": [f"/talks/?period={OCTOBER}", "/talks/new/", f"/my-score/?period={OCTOBER}"],
    "何静怡": [f"/spot-checks/?period={OCTOBER}", f"/forms/?period={OCTOBER}"],
    "顾明": [
        f"/payroll/{page}?period={OCTOBER}" for page in ("", "files/", "bills/", "receivables/", "runs/new/", "trial/")
    ],
    "周启明": [f"/scores/?period={OCTOBER}"],
    "宋远": [],
    "秦朗": [],
}
THEMES = {"phone": "light", "desktop": "dark"}


@pytest.fixture
def agency():
    """The demo agency on 3 November: October's roster, plans, talks and exam are there, nothing else of it."""
    with time_machine.travel(BEFORE_PAY_DAY, tick=True):
        agency = ensure_agency()
        month, files = Month(agency, OCTOBER, FOLDER), workbooks(FOLDER)
        roster.import_rosters(month, files)
        plans.make_plans(month)
        talks.import_talks(month, files)
        exams.hold(month)
        yield agency


@pytest.fixture(params=WIDTHS)
def enter(request, browser, live_server):
    """Return a function that opens a window of one width: signed in as somebody of the demo, or as nobody."""
    opened = []

    def window(name=None):
        size = request.param
        look = {"viewport": WIDTHS[size], "has_touch": size == "phone", "color_scheme": THEMES[size]}
        context = browser.new_context(base_url=live_server.url, locale="zh-CN", **look)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        if name:
            sign_in(page, PHONES[name], PASSWORD)
        return page

    yield window
    for context in opened:
        context.close()


def test_a_month_by_every_role(agency, enter):
    a_specialist_logs_a_talk_and_the_worker_confirms_it(agency, enter)
    two_payroll_officers_pay_the_wages(agency, enter, OCTOBER, FOLDER)
    a_worker_signs_for_the_payslip(agency, enter)
    the_wages_go_out_and_the_client_agrees_to_its_bill(agency, enter, OCTOBER)
    the_month_is_declared(agency, enter, OCTOBER)
    the_month_s_report_is_handed_in_and_accepted(agency, enter)
    a_reviewer_checks_a_draw(agency, enter)
    a_manager_follows_a_score_down_to_its_evidence(agency, enter)
    a_trainer_and_an_administrator_find_their_own(enter)
    no_page_of_the_month_has_a_fault(enter)


def a_specialist_logs_a_talk_and_the_worker_confirms_it(agency, enter):
    page = enter("许志强")
    page.goto("/talks/whom/")
    page.locator("main .item").first.click()
    page.wait_for_selector("#talk")
    page.click(".chip:has-text('加班')")
    page.fill("[name=said]", "夜班班车晚了二十分钟，登记了。")
    page.click("button:has-text('存好')")
    link = page.locator(".link").inner_text()
    worker = enter()
    worker.goto(link)
    worker.click("[value=yes]")
    worker.get_by_text("很好").click()
    worker.click("button:has-text('交上去')")
    worker.get_by_text("收到了").first.wait_for()
    page.locator("#confirmations").get_by_text("确认").first.wait_for()
    with tenant(agency):
        log = CommunicationLog.objects.get(said__startswith="夜班班车")
        said = Confirmation.objects.get(log=log)
        assert (said.answer, said.rating) == ("yes", 3)


def the_month_s_report_is_handed_in_and_accepted(agency, enter):
    page = enter("许志强")
    page.goto(f"/forms/?period={OCTOBER}")
    page.get_by_role("button", name="去填").first.click()
    for box in page.locator("#monthly-form textarea").all():
        box.fill("班车时间和厂里说好了。")
    page.fill("[name=complaints]", "0")
    page.fill("[name=injuries]", "0")
    page.get_by_role("button", name="交上去").click()
    reviewer = enter("何静怡")
    reviewer.goto(f"/forms/?period={OCTOBER}")
    reviewer.locator("tr", has_text="许志强").get_by_role("link", name="打开").click()
    reviewer.get_by_role("button", name="通过").click()
    reviewer.wait_for_load_state()
    with tenant(agency):
        assert FormSubmission.objects.get().state == "accepted"


def a_reviewer_checks_a_draw(agency, enter):
    page = enter("何静怡")
    page.goto(f"/spot-checks/?period={OCTOBER}")
    page.get_by_role("button", name="现在抽").click()
    page.get_by_role("link", name="接着核实下一条").click()
    page.check("[name=outcome][value=true]", force=True)
    page.click("button:not([name]):has-text('存好')")
    with tenant(agency):
        assert SpotCheckItem.objects.filter(outcome="true").count() == 1


def a_manager_follows_a_score_down_to_its_evidence(agency, enter):
    page = enter("周启明")
    page.goto(f"/scores/?period={OCTOBER}")
    page.get_by_role("button", name="现在算分").click()
    page.goto(f"/scores/?period={OCTOBER}")
    page.locator("main").get_by_role("link", name="许志强").click()
    page.locator("a[href^='/scores/lines/']").first.click()
    page.get_by_text("满分").first.wait_for()
    page.goto("/overview/")
    page.get_by_role("heading", name="每个人走到哪一步").wait_for()
    with tenant(agency):
        assert ScoreSheet.objects.filter(period=str(OCTOBER)).count() == 4


def a_trainer_and_an_administrator_find_their_own(enter):
    page = enter("宋远")
    page.goto("/training/")
    page.locator("main a[href^='/training/sessions/']").first.click()
    page.get_by_role("heading").first.wait_for()
    page = enter("秦朗")
    page.goto("/staff/")
    page.get_by_text("许志强").first.wait_for()


def no_page_of_the_month_has_a_fault(enter):
    seen: set[str] = set()
    faults = [fault for name, own in EVERY_ROLE.items() for fault in Walk(enter(name), seen).take(*own)]
    assert faults == []
    assert len(seen) > 30
