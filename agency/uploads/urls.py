"""The URLs of one kind of upload, for the app that owns it."""

from django.urls import URLPattern, path

from agency.permissions import permit
from agency.permissions.doors import View

from . import views
from .kinds import UploadKind


def upload_urls(kind: UploadKind, prefix: str) -> list[URLPattern]:
    """Return the pages of a kind below a path such as `roster/`, each asking the kind's permission."""
    start = kind.url_name.rpartition(":")[2]
    pages: dict[str, tuple[str, View]] = {
        "new": ("", views.new),
        "template": ("template/", views.template),
        "upload": ("<int:pk>/", views.page),
        "password": ("<int:pk>/password/", views.password),
        "mapping": ("<int:pk>/mapping/", views.mapping),
        "fix": ("<int:pk>/fix/", views.fix),
        "check": ("<int:pk>/check/", views.check),
        "commit": ("<int:pk>/commit/", views.commit),
        "discard": ("<int:pk>/discard/", views.discard),
        "annotated": ("<int:pk>/annotated/", views.annotated),
    }
    mark = permit(kind.permission)
    return [
        path(prefix + route, mark(view), {"kind": kind}, name=f"{start}_{name}")
        for name, (route, view) in pages.items()
    ]
