"""Serve our stylesheets and our script as one file each, without a front-end build.

The entry files are plain CSS and a plain ES module that import their parts, so they also work as they lie.
This finder comes first in `STATICFILES_FINDERS` and writes the imports out, for the development server and
for `collectstatic` alike; hashing and compression stay with the storage. See docs/decisions/statics.md.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

ENTRIES = ("css/app.css", "css/public.css", "js/app.js", "js/worker.js")

CSS_IMPORT = re.compile(r'^@import url\("(?P<part>[^"]+)"\);$', re.MULTILINE)
JS_IMPORT = re.compile(r'^import "(?P<part>\./[^"]+)";$', re.MULTILINE)
CSS_COMMENT_OR_INDENT = re.compile(r"/\*.*?\*/\s*|^\s+", re.DOTALL | re.MULTILINE)


def inlined(entry: Path) -> str:
    """Return the text of a stylesheet or script with each imported part in the place of its import."""
    text = entry.read_text(encoding="utf-8")
    if entry.suffix == ".css":
        text = CSS_IMPORT.sub(lambda found: _part(entry, found), text)
        return CSS_COMMENT_OR_INDENT.sub("", text)
    # A block of its own keeps each part's names apart, as its module scope would.
    return JS_IMPORT.sub(lambda found: "{\n" + _part(entry, found) + "}", text)


def _part(entry: Path, found: re.Match[str]) -> str:
    return (entry.parent / found["part"]).read_text(encoding="utf-8")


class InlinedFinder(BaseFinder):
    """Find the entry files in their inlined form, written below `var/statics`."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        self.source = settings.BASE_DIR / "static"
        self.storage = FileSystemStorage(location=settings.BASE_DIR / "var" / "statics")

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the path, or all paths where asked so; nothing where the file is none of ours."""
        if path not in ENTRIES:
            return []
        written = str(self._write(path))
        return [written] if find_all else written

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for path in ENTRIES:
            if not matches_patterns(path, ignore_patterns or []):
                self._write(path)
                yield path, self.storage

    def _write(self, path: str) -> Path:
        text = inlined(self.source / path)
        target = Path(self.storage.path(path))
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(f"{target.suffix}.{os.getpid()}")
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(target)
        return target
