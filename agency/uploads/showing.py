"""What the pages of an upload show."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from agency.reasons import Reason

from .findings import SIZE, Findings
from .forms import PasswordForm
from .jobs import is_under_way
from .kinds import UploadKind, kind_of
from .models import State, Upload
from .opening import corrections_of
from .receiving import imported_before

OF_ONE = ("upload", "password", "mapping", "fix", "check", "commit", "discard", "annotated")
OF_ALL = ("new", "template")


def url_of(upload: Upload) -> str:
    """Return the address of an upload's page."""
    return reverse(f"{kind_of(upload.kind).url_name}_upload", kwargs={"pk": upload.pk})


def urls_of(kind: UploadKind, pk: int | None = None) -> dict[str, str]:
    """Return the addresses of an upload's pages by their names."""
    urls = {name: reverse(f"{kind.url_name}_{name}") for name in OF_ALL}
    if pk is not None:
        urls |= {name: reverse(f"{kind.url_name}_{name}", kwargs={"pk": pk}) for name in OF_ONE}
    return urls


def context_of(request: HttpRequest, upload: Upload) -> dict[str, Any]:
    """Return what the page of an upload in its present state shows."""
    kind = kind_of(upload.kind)
    summary = upload.summary
    context: dict[str, Any] = {
        "kind": kind,
        "upload": upload,
        "at": urls_of(kind, upload.pk),
        "another": f"{reverse(f'{kind.url_name}_new')}?{urlencode(upload.context)}",
        "back": reverse(kind.back),
        "stuck": upload.is_working and not is_under_way(upload),
        "offers": kind.offers(upload) if kind.offers else [],
        "problems": [Reason.from_json(one) for one in summary.get("problems", [])],
        "notes": [Reason.from_json(one) for one in summary.get("notes", [])],
    }
    if upload.state == State.PASSWORD:
        context["form"] = PasswordForm()
    if upload.state == State.CHECKED:
        corrections = corrections_of(upload)
        context |= {
            "errors": Paginator(Findings(upload, serious=True), SIZE).get_page(request.GET.get("page")),
            "warnings": Paginator(Findings(upload, serious=False), SIZE).get_page(request.GET.get("doubts")),
            "corrected": {
                f"{row}{letter}": text for row, cells in corrections.items() for letter, text in cells.items()
            },
            "tally": [one | {"reason": Reason.from_json(one["reason"])} for one in summary.get("tally", [])],
            "skipped": [(row, Reason.from_json(why)) for row, why in summary.get("skipped", [])],
            "imported_before": imported_before(upload),
        }
    return context
