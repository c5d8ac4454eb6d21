"""The words of our templates: `{% load zhudian %}`. docs/design.md lists every tag with a usage line."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agency.money import yuan
from agency.panels import actions_for, panels_for
from agency.permissions import can
from agency.shell import formats, marks, toasts

register = template.Library()

register.simple_tag(marks.icon, name="icon")
register.simple_tag(marks.badge, name="badge")
register.simple_tag(marks.client_dot, name="client_dot")
register.simple_tag(marks.avatar, name="avatar")
register.filter("client_colour", marks.client_colour)
register.filter("initial", marks.initial)
register.filter("since_state", marks.since_state)
register.filter("toast_state", toasts.state_of)
register.filter("toast_undo", toasts.undo_of)


def _blank_for_none(write: Any) -> Any:
    """Let a filter show an em dash where there is nothing to show."""

    def shown(value: Any) -> str:
        return "—" if value is None or value == "" else write(value)

    return shown


for _write in (
    formats.day, formats.day_short, formats.day_year, formats.near_day, formats.clock, formats.moment,
    formats.month, formats.rate, formats.score1, formats.count, formats.signed_yuan, yuan,
    formats.tenths, formats.signed_tenths,
):  # fmt: skip
    register.filter(_write.__name__, _blank_for_none(_write))
register.filter("yuan_plain", _blank_for_none(lambda fen: yuan(fen, symbol="")))
register.simple_tag(formats.day_range, name="day_range")


@register.simple_tag
def ring(value: int, state: str = "", size: str = "3rem", label: str = "") -> SafeString:
    """Draw a part of a whole: `{% ring 63 label="完成 63%" %}`; a full ring in state ok shows a tick."""
    full = state == "ok" and value >= 100
    inside = marks.icon("check") if full else format_html("{}<small>%</small>", value)
    return format_html(
        '<span class="ring"{} style="--v:{};--size:{}" role="img" aria-label="{}">{}</span>',
        format_html(' data-state="{}"', state) if state else "",
        value,
        size,
        label or f"{value}%",
        inside,
    )


@register.simple_tag
def bar(value: int, state: str = "", label: str = "") -> SafeString:
    """Draw a progress bar; it needs its number beside it: `{% bar 69 %} 69%`."""
    return format_html(
        '<div class="bar"{} style="--v:{}" role="img" aria-label="{}"></div>',
        format_html(' data-state="{}"', state) if state else "",
        value,
        label or f"{value}%",
    )


@register.simple_tag
def since(days: int | None) -> SafeString:
    """Draw the days since the last talk with a line that grows; None means never."""
    if days is None:
        return marks.badge("info", _("not talked yet"), "person-plus")
    words = _("%(days)s days without a talk") % {"days": "\0"}
    before, after = words.split("\0")
    return format_html(
        '<span class="since"{} style="--days:{}"><span>{}<b>{}</b>{}</span></span>',
        format_html(' data-state="{}"', marks.since_state(days)) if marks.since_state(days) else "",
        days, before, days, after,
    )  # fmt: skip


@register.inclusion_tag("components/ratio.html")
def ratio(talk: int, text: str = "", note: str = "") -> dict[str, Any]:
    """Draw talk against routine with the mark at two thirds: `{% ratio 61 note="…" %}`."""
    return {"talk": talk, "text": text, "note": note}


@register.inclusion_tag("components/sort_head.html", takes_context=True)
def sort_head(context: Context, label: str, field: str, css: str = "", param: str = "sort") -> dict[str, Any]:
    """Head a column that sorts: `{% sort_head "实发" "net" css="num" %}`; the view reads `?sort=-net`."""
    request = context["request"]
    now = request.GET.get(param, "")
    direction = {field: "ascending", f"-{field}": "descending"}.get(now, "")
    turned = f"-{field}" if now == field else field
    url = query(context, **{param: turned, "page": None})
    return {"label": label, "css": css, "direction": direction, "url": url}


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """Return this page's query with some parameters set; None removes one: `{% query page=2 %}`."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            params.pop(name, None)
        else:
            params[name] = value
    return f"?{params.urlencode()}"


@register.inclusion_tag("components/filter_links.html", takes_context=True)
def filter_links(
    context: Context, param: str, choices: Iterable[Iterable[Any]], target: str = "", look: str = "chips"
) -> dict[str, Any]:
    """Link exclusive filters as chips, seg or tabs; choices are (value, label[, count]) and "" means all."""
    now = context["request"].GET.get(param, "")
    links = [_filter_link(context, param, now, *choice) for choice in choices]
    return {"links": links, "look": look, "target": target, "label": context.get("filter_label", "")}


def _filter_link(context: Context, param: str, now: str, value: Any, label: str, count: Any = None) -> dict:
    url = query(context, **{param: value, "page": None})
    return {"url": url, "label": label, "count": count, "current": str(value) == now}


@register.filter
def may(staff: Any, permission: str) -> bool:
    """Tell whether the person holds a permission: `{% if request.user|may:"workers.worker.edit" %}`."""
    return can(staff, permission)


@register.inclusion_tag("components/panels.html", takes_context=True)
def panels(context: Context, on: str, thing: Any, place: str = "main") -> dict[str, Any]:
    """Load what other apps show on the page of a client or worker: `{% panels "worker" worker %}`."""
    return {"urls": panels_for(context["request"], on, thing.pk, place)}


@register.inclusion_tag("components/actions.html", takes_context=True)
def actions(context: Context, on: str, thing: Any) -> dict[str, Any]:
    """Link what other apps offer on the page of a client or worker: `{% actions "worker" worker %}`."""
    return {"actions": actions_for(context["request"], on, thing.pk)}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page, target: str = "") -> dict[str, Any]:
    """Show which rows these are and link the other pages: `{% pagination page_obj %}`."""
    numbers = [
        {"number": number, "url": query(context, page=number) if isinstance(number, int) else ""}
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    before = query(context, page=page.previous_page_number()) if page.has_previous() else ""
    after = query(context, page=page.next_page_number()) if page.has_next() else ""
    return {"page": page, "numbers": numbers, "before": before, "after": after, "target": target}
