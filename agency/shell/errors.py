"""Answer a mistake of ours calmly: what happened, that nothing is lost, and a number that finds it in the log."""

import structlog
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def error_code() -> str:
    """Return the first eight digits of the request's id in the log, as 8F3A-21C7, or "" without one."""
    digits = str(structlog.contextvars.get_contextvars().get("request_id", "")).replace("-", "").upper()
    return f"{digits[:4]}-{digits[4:8]}" if digits else ""


def server_error(request: HttpRequest) -> HttpResponse:
    """Render 500.html without the request: whatever failed may be what a context processor needs."""
    return HttpResponse(render_to_string("500.html", {"code": error_code()}), status=500)
