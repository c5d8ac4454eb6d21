"""Pages in a browser: readable for all (axe, WCAG AA), no sideways scrolling, behaviours that work."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

pytestmark = pytest.mark.browser
# As high as the page, or the bar at the foot of the phone would seem to cover a button for good.
PHONE, DESKTOP = {"width": 390, "height": 8000}, {"width": 1440, "height": 900}
BROWSER_RULES = "Content Security Policy"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def visit(live_server, browser, cast, settings):
    """Return a function that opens a page, signed in as one of the cast or not at all."""
    opened, complaints = [], []

    def go(path, viewport=DESKTOP, theme="light", staff=None):
        context = browser.new_context(viewport=viewport, color_scheme=theme, locale="zh-CN")
        opened.append(context)
        if staff:
            entered = Client()
            entered.force_login(staff, backend="agency.staff.backends.PhoneOrEmailBackend")
            cookie = entered.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda message: BROWSER_RULES in message.text and complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        return page

    yield go
    for context in opened:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("path", ["/design/", "/sign-in/", "/account/", "/nowhere/"])
def test_a_page_is_readable_for_all(visit, cast, path, viewport, theme):
    staff = None if path == "/sign-in/" else cast.ours.administrator
    page = visit(path, viewport, theme, staff)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_the_palette_opens_by_key_finds_a_page_and_follows_it(visit, cast):
    page = visit("/design/", staff=cast.ours.administrator)
    page.keyboard.press("/")
    page.keyboard.type("我的")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/")


def test_a_question_is_asked_before_what_cannot_be_undone(visit):
    page = visit("/design/")
    page.get_by_role("button", name="退回 12 条").click()
    dialog = page.get_by_role("dialog", name="退回这 12 条？")
    assert dialog.get_by_role("button", name="退回 12 条").is_visible()
    dialog.get_by_role("button", name="先不").click()
    assert page.url.endswith("/design/")
    assert not dialog.is_visible()


def test_a_copied_number_says_so(visit):
    page = visit("/design/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制编号").click()
    page.locator("#toasts").get_by_text("编号复制好了").wait_for()


def test_a_draft_survives_the_page(visit):
    page = visit("/design/")
    page.get_by_label("一句话记下来").fill("热水晚上九点后不够用")
    page.locator("[data-draft-state]").get_by_text("草稿已存").wait_for()
    assert "热水" in page.evaluate("Object.values(localStorage).join()")


def test_the_theme_changes_at_once_and_stays(visit, cast):
    page = visit("/account/", staff=cast.ours.administrator)
    page.get_by_text("深色").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_offline_is_said_calmly(visit):
    page = visit("/design/")
    banner = page.locator("[data-offline-banner]")
    assert banner.is_hidden()
    page.context.set_offline(True)
    banner.wait_for(state="visible")


def test_a_detail_opens_beside_the_list_and_gives_the_focus_back(visit):
    page = visit("/design/")
    opener = page.get_by_role("button", name="看工资明细")
    opener.click()
    drawer = page.locator("#drawer")
    drawer.get_by_role("heading", name="王海波").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "王海波"
    page.keyboard.press("Escape")
    assert drawer.is_hidden()
    assert page.evaluate("document.activeElement.textContent") == "看工资明细"


def test_a_part_that_fails_says_so(visit):
    page = visit("/design/")
    page.route("**/design/detail/", lambda route: route.abort())
    page.get_by_role("button", name="看工资明细").click()
    page.locator("#toasts").get_by_text("填的内容都还在").wait_for()


def test_the_clock_counts_by_the_server(visit):
    page = visit("/design/")
    page.clock.install()
    page.reload()
    page.clock.run_for(61_000)
    assert page.locator("[data-countdown]").text_content() == "28:59"
