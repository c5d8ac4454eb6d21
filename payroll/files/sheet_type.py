"""Type for printed sheets: Chinese in a face every reader of PDF has, figures in Helvetica; how wide, how broken."""

from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

CHINESE, FIGURES, BOLD = "STSong-Light", "Helvetica", "Helvetica-Bold"
# Stands for a sign outside the face; the sheet says so at its foot.
MISSING = "〓"
# Middle dots of names that the face's map does not know.
DOTS = "·•‧･・"
EXTENSION_A, EXTENSION_A_END = "\u3400", "\u4dbf"
# Widths are sums of fractions: as much as this is no difference.
HAIR = 1e-6


@cache
def ready() -> None:
    """Register the Chinese face, which needs no font file."""
    pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))


def width_of(text: str, face: str = CHINESE) -> float:
    """Return the width of a text in em."""
    ready()
    return pdfmetrics.stringWidth(text, face, 1000) / 1000


def broken(text: str, em: float, face: str = CHINESE) -> list[str]:
    """Break a text into lines no wider than `em`; Chinese may break anywhere."""
    lines, line = [], ""
    for sign in text:
        if line and width_of(line + sign, face) > em + HAIR:
            lines.append(line)
            line = ""
        line += sign
    return [*lines, line]


def printable(text: str) -> str:
    """Return a text as the face has it: its own middle dot, and `MISSING` for signs it lacks (some rare names)."""
    return "".join(map(_sign, text))


@cache
def _sign(sign: str) -> str:
    if sign in DOTS:
        return "・"
    try:
        sign.encode("gbk")
    except UnicodeEncodeError:
        return sign if EXTENSION_A <= sign <= EXTENSION_A_END else MISSING
    return sign


def shown(value: int, *, is_count: bool) -> str:
    """Write hundredths: counts without ending zeros, money with two decimals and thousands; 0 is left blank."""
    if not value:
        return ""
    sign, size = ("-" if value < 0 else ""), abs(value)
    text = f"{sign}{size // 100:,}.{size % 100:02d}"
    return text.rstrip("0").rstrip(".") if is_count else text
