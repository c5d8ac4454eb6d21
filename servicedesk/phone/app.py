"""The installable app: its manifest, and the script that lets it open without a signal."""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from agency.statics import inlined

FRAME = ("css/app.css", "js/app.js", "icons.svg", "logo.svg", "django_htmx/htmx-2.min.js")
BRAND, PAPER = "#006e7a", "#f5f8f8"


def worker_script() -> str:
    """Return the service worker with the version of the frame and the paths it must know in front.

    The version is the hash of all it keeps, so that a changed stylesheet makes phones take the new one.
    """
    app = {
        "version": _version(),
        "assets": [static(path) for path in FRAME],
        "signIn": reverse("agency:sign_in"),
        "form": reverse("servicedesk:log_new"),
        "shell": reverse("servicedesk:log_shell"),
        "waiting": reverse("servicedesk:log_queue"),
    }
    return f"self.APP = {json.dumps(app)};\n{_script()}"


def manifest() -> dict[str, Any]:
    """Describe the app to the phone: name, where it starts, and its icons (one drawing for every size)."""
    logo = {"src": static("logo.svg"), "type": "image/svg+xml", "sizes": "any"}
    pictures = [
        {"src": static(f"app-{size}.png"), "type": "image/png", "sizes": f"{size}x{size}", "purpose": "any maskable"}
        for size in (192, 512)
    ]
    log = {"name": _("Log a talk"), "url": reverse("servicedesk:log_new")}
    return {
        "id": "/",
        "name": _("Zhudian"),
        "short_name": _("Zhudian"),
        "start_url": reverse("agency:home"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": BRAND,
        "icons": [*pictures, logo],
        "shortcuts": [log],
    }


def _version() -> str:
    return _hashed() if settings.DEBUG else _hashed_once()


def _hashed() -> str:
    digest = hashlib.sha256(_script().encode())
    for path in FRAME:
        digest.update(static(path).encode())
        digest.update(Path(str(finders.find(path))).read_bytes())
    return digest.hexdigest()[:16]


_hashed_once = lru_cache(maxsize=1)(_hashed)


def _script() -> str:
    return inlined(settings.BASE_DIR / "static" / "js" / "worker.js")
