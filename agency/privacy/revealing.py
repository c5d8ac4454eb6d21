"""Show a masked personal number in full, for thirty seconds, and keep who looked.

Permission: `privacy.<field>.reveal`. Event: `privacy.<field>.revealed` (Personal Information Protection Law, art. 51:
log the operations on personal information). The number itself never enters the log.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agency.audit import record
from agency.identifiers import mask_bank_account, mask_identity_number, mask_phone

MASKS: dict[str, Callable[[str], str]] = {
    "identity_number": mask_identity_number,
    "phone": mask_phone,
    "candidate_phone": mask_phone,
    "bank_account": mask_bank_account,
}
SHOWN_SECONDS = 30


@dataclass(frozen=True)
class Secret:
    """A personal number on a page: which kind, whose, where it is revealed, and its mask."""

    kind: str
    subject: Model
    number: str
    url: str
    back: str = ""

    @property
    def masked(self) -> str:
        return MASKS[self.kind](self.number) if self.number else ""

    @property
    def permission(self) -> str:
        return f"privacy.{self.kind}.reveal"

    @property
    def anchor(self) -> str:
        return f"{self.kind}-{self.subject._meta.model_name}-{self.subject.pk}"


def answer(request: HttpRequest, secret: Secret) -> HttpResponse:
    """Answer a reveal: POST shows the number and keeps the event, GET masks it again.

    htmx swaps the part; without script the number comes on a page of its own. The view has asked the permission.
    """
    part = bool(getattr(request, "htmx", False))
    if request.method != "POST":
        return _kept_nowhere(_part(request, secret)) if part else redirect(secret.back or "/")
    record(f"privacy.{secret.kind}.revealed", subject=secret.subject)
    context = {"secret": secret, "seconds": SHOWN_SECONDS}
    page = "agency/privacy/revealed.html" if part else "agency/privacy/revealed_page.html"
    return _kept_nowhere(render(request, page, context))


def _part(request: HttpRequest, secret: Secret) -> HttpResponse:
    return render(request, "components/secret.html", {"secret": secret})


def _kept_nowhere(response: Any) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
