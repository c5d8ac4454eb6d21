"""The month in a browser: readable for all, and what a tap does."""

import datetime as dt

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe

from agency.tenancy.context import tenant
from servicedesk.models import Task
from servicedesk.workflow import closing
from servicedesk.workflow.plans import generate_plans
from tests.design.test_pages import DESKTOP, PHONE, RULES, visit  # noqa: F401  (a fixture)
from tests.servicedesk.workflow.conftest import OCTOBER, day

pytestmark = pytest.mark.browser


@pytest.fixture
def planned(cast):
    """October planned, one task of the specialist's own due on Wednesday the 21st."""
    with time_machine.travel(dt.datetime(2026, 10, 21, 1, tzinfo=dt.UTC), tick=True):
        with tenant(cast.ours.agency):
            generate_plans(OCTOBER)
            days = {"opens_on": day(10, 20), "due_on": day(10, 21)}
            closing.add_task(cast.ours.specialist, cast.ours.client, title="清点工牌", **days)
        yield cast.ours


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("path", ["/today/", "/plan/", "/tasks/", "/procedure/"])
def test_a_page_is_readable_for_all(visit, planned, path, viewport, theme):  # noqa: F811
    page = visit(path, viewport, theme, planned.specialist)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_a_tick_strikes_the_task_out_and_moves_the_ring(visit, planned):  # noqa: F811
    page = visit("/today/", {"width": 390, "height": 844}, staff=planned.specialist)
    page.get_by_role("button", name="标记做完：清点工牌").click()
    page.locator(".task[data-state=done]", has_text="清点工牌").wait_for()
    assert "本月做完 1 项" in page.locator("#progress").inner_text()
    page.get_by_role("button", name="撤回").click()
    page.locator(".task[data-state=todo]", has_text="清点工牌").wait_for()
    with tenant(planned.agency):
        assert Task.objects.get(title="清点工牌").is_open


def test_a_span_opens_its_panel_beside_the_month(visit, planned):  # noqa: F811
    page = visit("/plan/", DESKTOP, staff=planned.specialist)
    page.locator(".span", has_text="和客户对账").first.click()
    page.locator("#task-panel", has_text="和客户对账").wait_for()
    assert page.url.endswith("/plan/")
