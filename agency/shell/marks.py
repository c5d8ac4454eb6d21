"""Draw the small marks that carry a status: an icon, a badge, a client's dot, an avatar, a ring, a bar."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

BADGE_ICONS = {
    "done": "ok", "ok": "ok", "late": "late", "bad": "no", "soon": "clock", "warn": "alert",
    "returned": "return", "doing": "doing", "info": "info", "brand": "chat", "todo": "todo",
    "off": "hourglass",
}  # fmt: skip
CLIENT_COLOURS = 5


def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Draw a symbol of the sprite; with a label it speaks, without one it is decoration."""
    return format_html(
        '<svg class="icon{}" {}><use href="{}#i-{}"/></svg>',
        f" {css}" if css else "",
        format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"'),
        static("icons.svg"),
        name,
    )


def badge(state: str, text: Any, icon_name: str | None = None) -> SafeString:
    """Draw a status as icon and words; the state chooses the icon unless one is named ("" for none)."""
    name = BADGE_ICONS.get(state, "info") if icon_name is None else icon_name
    return format_html('<span class="badge" data-state="{}">{}{}</span>', state, icon(name) if name else "", text)


def client_colour(client: Any) -> int:
    """Return the identity colour (1–5) of a client, given as the client or as a number."""
    colour = getattr(client, "colour", client)
    return (int(colour) - 1) % CLIENT_COLOURS + 1 if colour else 1


def client_dot(client: Any, text: str = "") -> SafeString:
    """Draw a client's dot of its identity colour before its short name (or before another text)."""
    name = text or getattr(client, "short_name", "") or getattr(client, "name", str(client))
    return format_html('<span class="client" data-c="{}">{}</span>', client_colour(client), name)


def initial(name: str) -> str:
    """Return what an avatar shows: the surname's character, or two Latin initials."""
    words = str(name).split()
    if not words:
        return "?"
    if words[0][0].isascii():
        return "".join(word[0] for word in words[:2]).upper()
    return words[0][0]


def avatar(name: str, size: str = "", client: Any = None, brand: bool = False) -> SafeString:
    """Draw a person's or an agency's mark; `size` is xs, sm, lg or "" for 40 px."""
    return format_html(
        '<span class="avatar"{}{}{} aria-hidden="true">{}</span>',
        format_html(' data-size="{}"', size) if size else "",
        format_html(' data-c="{}"', client_colour(client)) if client else "",
        SafeString(" data-brand") if brand else "",
        initial(name),
    )


def since_state(days: int) -> str:
    """Return how long without a talk is too long: over 14 days warns, over 30 is bad."""
    if days > 30:
        return "bad"
    return "warn" if days > 14 else ""
