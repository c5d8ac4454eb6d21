"""The pairs of colours meet WCAG AA, computed from the tokens (oklch), in the light and the dark theme."""

import math
import re

import pytest
from django.conf import settings

TOKENS = settings.BASE_DIR / "static/css/tokens"
TOKEN = re.compile(r"--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)")
TEXT, MARK = 4.5, 3.0


def tokens(text: str) -> dict[str, tuple[float, ...]]:
    return {name: tuple(map(float, values)) for name, *values in TOKEN.findall(text)}


def blocks() -> tuple[dict, dict, dict]:
    light = tokens((TOKENS / "colour.css").read_text())
    system, forced = (TOKENS / "dark.css").read_text().split(':root[data-theme="dark"]')
    return light, tokens(system), tokens(forced)


LIGHT, DARK, FORCED_DARK = blocks()


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Relative luminance of an oklch colour, by way of linear sRGB cut to its gamut (CSS Color 4)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    red, green, blue = (min(max(part, 0), 1) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple, other: tuple) -> float:
    dark, light = sorted((luminance(*one), luminance(*other)))
    return (light + 0.05) / (dark + 0.05)


STATUSES = ["ok", "warn", "bad", "info", "routine", "brand", "c1", "c2", "c3", "c4", "c5"]
PAIRS = [
    ("text", "surface", TEXT), ("text", "bg", TEXT), ("text", "mark", TEXT), ("text-2", "surface", TEXT),
    ("text-2", "bg", TEXT), ("text-3", "surface", TEXT), ("text-3", "surface-2", TEXT), ("text-3", "bg", TEXT),
    ("text-3", "bg-sunken", TEXT), ("brand-ink", "surface", TEXT), ("on-brand", "brand", TEXT),
    ("on-brand", "brand-hover", TEXT), ("on-bad", "bad-solid", TEXT), ("on-tip", "tip", TEXT),
    ("line-control", "surface", MARK), ("focus", "surface", MARK), ("focus", "bg", MARK),
    *[(f"{status}-ink", f"{status}-soft", TEXT) for status in STATUSES],
    *[(f"{status}-ink", "surface", TEXT) for status in STATUSES],
]  # fmt: skip


@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_pair_is_readable(theme, ink, ground, least):
    assert contrast(theme[ink], theme[ground]) >= least


def test_the_dark_theme_is_the_same_by_system_and_by_choice():
    assert DARK == FORCED_DARK
    assert DARK.keys() == LIGHT.keys()


def test_the_measure_knows_black_on_white_and_a_pale_grey():
    assert contrast((0, 0, 0), (1, 0, 0)) == pytest.approx(21, abs=0.01)
    assert contrast(LIGHT["text-off"], LIGHT["surface"]) < TEXT
