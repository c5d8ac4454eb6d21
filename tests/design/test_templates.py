"""Templates keep to the sprite, to the browser rules, and to what exists."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

from agency.navigation import registered
from agency.shell.marks import BADGE_ICONS

ROOT = settings.BASE_DIR
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SPRITE = set(re.findall(r'<symbol id="i-([^"]+)"', (ROOT / "static/icons.svg").read_text()))
ICON = re.compile(r'{% icon "([^"]+)"|icon_name="([^"]+)"|delta_icon="([^"]+)"')
BADGE_ICON = re.compile(r'{% badge "[^"]*" (?:"[^"]*"|_\("[^"]*"\)) "([^"]+)"')
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+\s*=\s*[\"']|javascript:|hx-on", re.IGNORECASE)


def icons_of(text: str) -> set[str]:
    named = {name for found in ICON.findall(text) for name in found if name}
    return named | set(BADGE_ICON.findall(text))


def test_the_sprite_has_its_symbols():
    assert len(SPRITE) == 87


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_icon_is_in_the_sprite(path):
    assert icons_of(path.read_text()) <= SPRITE


def test_icons_of_badges_and_of_the_menu_are_in_the_sprite():
    assert set(BADGE_ICONS.values()) | {item.icon for item in registered()} <= SPRITE


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_template_carries_a_script_of_its_own(path):
    assert not SCRIPT.search(path.read_text())


@pytest.mark.parametrize("text", ["<script>x()</script>", '<a onclick="x()">', "<a href='javascript:x()'>"])
def test_the_search_for_scripts_finds_them(text):
    assert SCRIPT.search(text)


def test_the_search_for_icons_finds_them():
    text = '{% icon "check" %}{% badge "ok" _("On") "shield" %}{% include "x" with icon_name="people" %}'
    assert icons_of(text) == {"check", "shield", "people"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_template_compiles(path: Path):
    assert get_template(path.relative_to(ROOT / "templates").as_posix())
