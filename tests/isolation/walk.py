"""Walk the URL configuration: every named URL of ours, with the view that answers it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def named_urls(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield `(namespaced name, view)` for each URL, depth first."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from named_urls(pattern, namespace)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name or repr(pattern.pattern)}", pattern.callback


def mark_of(view: Any) -> str | None:
    """Return who may come in: the mark of a function, or the `permission` of an API class."""
    for candidate in (view, getattr(view, "cls", None), getattr(view, "view_class", None)):
        mark = getattr(candidate, "permission", None)
        if mark:
            return str(mark)
    return None
