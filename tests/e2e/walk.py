"""Every role signs in to the demo and walks what the menu shows, at phone and desktop width, in both themes.

A page passes when it answers, fits the window without a sideways scroll, breaks no rule of its own security policy,
logs no error, and axe finds no serious fault in it. `SHOTS=folder` keeps a picture of each.

With bin/demo running: `.venv/bin/python -m tests.e2e.walk http://127.0.0.1:8000`.
"""

import os
import re
import shutil
import sys
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from servicedesk.demo.people import ACCOUNTS, PASSWORD

WIDTHS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}
SHOWN = [next(a for a in ACCOUNTS if a.roles[0] == role) for role in dict.fromkeys(a.roles[0] for a in ACCOUNTS)]
SERIOUS = {"serious", "critical"}
DETAIL = re.compile(r"^/[a-z-]+(/[a-z-]+)*/\d+/$")


class Walk:
    """One person's browser at one width: follows links, notes what is wrong."""

    def __init__(self, browser, base_url, account, size, theme):
        self.name = f"{account.roles[0].value}-{size}-{theme}"
        self.context = browser.new_context(
            base_url=base_url, viewport=WIDTHS[size], color_scheme=theme, locale="zh-CN", has_touch=size == "phone"
        )
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self._sign_in(account)

    def _heard(self, message):
        if message.type == "error":
            self.faults.append(f"{self.page.url}: {message.text}")

    def _sign_in(self, account):
        self.page.goto("/sign-in/")
        self.page.fill("[name=username]", account.phone)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("button[data-variant=primary]")
        self.page.wait_for_url(re.compile(r"^(?!.*sign-in)"))

    def links(self, selector):
        hrefs = self.page.eval_on_selector_all(selector, "all => all.map(a => a.getAttribute('href'))")
        return list(dict.fromkeys(href for href in hrefs if href and href.startswith("/")))

    def visit(self, url, check_access=True):
        answer = self.page.goto(url)
        if answer.status >= 400:
            self.faults.append(f"{url}: {answer.status}")
            return
        self.page.wait_for_load_state("networkidle")
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.faults.append(f"{url}: {wide} px too wide")
        if check_access:
            found = Axe().run(self.page).response["violations"]
            self.faults += [f"{url}: axe {v['id']}: {v['help']}" for v in found if v["impact"] in SERIOUS]
        if folder := os.environ.get("SHOTS"):
            name = url.split("?")[0].strip("/").replace("/", "_") or "home"
            self.page.screenshot(path=Path(folder) / f"{self.name}-{name}.png", full_page=True)

    def walk(self, check_access):
        """Visit the menu's pages, and from each the first page of something it lists."""
        menu = self.links(".sidenav a") or self.links(".tabbar a")
        seen = set()
        for url in menu:
            self.visit(url, check_access)
            seen.add(url)
            for detail in [href for href in self.links("main a") if DETAIL.match(href)]:
                kind = re.sub(r"\d+", "n", detail)
                if kind not in seen:
                    seen.add(kind)
                    self.visit(detail, check_access)
        return seen


def every_role_walks_the_product(browser, base_url: str) -> list[str]:
    """Walk a running demo and return what is wrong, a line a fault."""
    faults, pages = [], 0
    for account in SHOWN:
        for size, theme in (("phone", "light"), ("desktop", "light"), ("phone", "dark"), ("desktop", "dark")):
            walk = Walk(browser, base_url, account, size, theme)
            pages += len(walk.walk(check_access=True))
            faults += [f"{walk.name} {fault}" for fault in walk.faults]
            walk.context.close()
    return [f"{pages} pages", *dict.fromkeys(faults)]


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        print("\n".join(every_role_walks_the_product(chromium, sys.argv[1])))
