"""Keep a picture of every page every role can reach, at phone and desktop width, in both themes; print what is wrong.

With bin/demo running: `.venv/bin/python -m tests.e2e.look http://127.0.0.1:8000 FOLDER`.
"""

import os
import shutil
import sys
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

from tests.e2e.walk import WIDTHS, Walk, sign_in


def look(browser, base_url: str, folder: Path):
    """Walk a running demo as every role; yield each fault."""
    from servicedesk.demo.people import ACCOUNTS, PASSWORD

    roles = {account.roles[0]: account for account in reversed(ACCOUNTS)}
    for role, account in roles.items():
        for size, theme in ((size, theme) for size in WIDTHS for theme in ("light", "dark")):
            name = f"{role.value}-{size}-{theme}"
            options = {"viewport": WIDTHS[size], "color_scheme": theme, "locale": "zh-CN", "has_touch": size == "phone"}
            context = browser.new_context(base_url=base_url, **options)
            page = context.new_page()
            sign_in(page, account.phone, PASSWORD)

            def keep(page, url, name=name):
                place = url.split("?")[0].strip("/").replace("/", "_") or "home"
                page.screenshot(path=folder / f"{name}-{place}.png", full_page=True)

            yield from (f"{name} {fault}" for fault in Walk(page, set(), keep).take())
            context.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    os.environ.setdefault("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
    django.setup()
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for fault in look(chromium, sys.argv[1], folder):
            print(fault, flush=True)
