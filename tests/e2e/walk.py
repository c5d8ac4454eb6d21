"""Walk what the menu shows and note what is wrong with a page.

A page passes when it answers, fits the window without a sideways scroll, breaks no rule of its own security policy,
logs no error, and axe finds no serious fault in it.
"""

import re
from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe

WIDTHS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}
SERIOUS = {"serious", "critical"}
DETAIL = re.compile(r"^/[a-z-]+(/[a-z-]+)*/\d+/$")


def sign_in(page: Any, phone: str, password: str) -> None:
    """Enter as a member of staff and wait for the first page."""
    page.goto("/sign-in/")
    page.fill("[name=username]", phone)
    page.fill("[name=password]", password)
    page.click("button[data-variant=primary]")
    page.wait_for_url(re.compile(r"^(?!.*sign-in)"))


class Walk:
    """Visits pages in one person's window. `seen` holds kinds of pages that need no second look; it grows."""

    def __init__(self, page: Any, seen: set[str], picture: Callable[[Any, str], object] = lambda page, url: None):
        self.page, self.seen, self.picture = page, seen, picture
        self.faults: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            self.faults.append(f"{self.page.url}: {message.text}")

    def take(self, *also: str) -> list[str]:
        """Visit the menu's pages and `also`, and from each the first of every kind it lists; return the faults."""
        for url in [*also, *self._links(".sidenav a, .tabbar a")]:
            if self._is_new(url):
                self.visit(url)
                for detail in [href for href in self._links("main a") if DETAIL.match(href)]:
                    if self._is_new(detail):
                        self.visit(detail)
        return self.faults

    def visit(self, url: str) -> None:
        """Look at one page."""
        answer = self.page.goto(url)
        if answer.status >= 400:
            self.faults.append(f"{url}: {answer.status}")
            return
        self.page.wait_for_load_state("networkidle")
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.faults.append(f"{url}: {wide} px too wide")
        found = Axe().run(self.page).response["violations"]
        self.faults += [f"{url}: axe {v['id']}: {v['help']}" for v in found if v["impact"] in SERIOUS]
        self.picture(self.page, url)

    def _links(self, selector: str) -> list[str]:
        hrefs = self.page.eval_on_selector_all(selector, "all => all.map(a => a.getAttribute('href'))")
        return list(dict.fromkeys(href for href in hrefs if href and href.startswith("/")))

    def _is_new(self, url: str) -> bool:
        kind = re.sub(r"\d+", "n", url.split("?")[0])
        is_new = kind not in self.seen
        self.seen.add(kind)
        return is_new
