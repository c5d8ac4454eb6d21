"""Find every text the code and the templates ask to be translated."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATE_SUFFIXES = frozenset({".html", ".txt", ".xml"})
SKIPPED = frozenset({"migrations", "tests", "__pycache__"})


@dataclass(frozen=True, order=True)
class Message:
    """A text to translate; ``plural`` is empty where it has no plural, ``context`` where it needs none."""

    singular: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What gettext looks it up by: context and singular."""
        return self.context, self.singular


Places = dict[Message, list[tuple[Path, int]]]


def collect(root: Path, folders: list[str]) -> Places:
    """Return each message of the folders' Python files and of ``templates/`` with its places."""
    places: Places = defaultdict(list)
    for path in source_files(root, folders):
        source = path.read_text(encoding="utf-8")
        found = messages_of_python(source) if path.suffix == ".py" else messages_of_template(source)
        for message, line in found:
            places[message].append((path.relative_to(root), line))
    return places


def source_files(root: Path, folders: list[str]) -> Iterator[Path]:
    """Yield the files that may hold messages, in a stable order."""
    kinds = [(root / "templates", TEMPLATE_SUFFIXES), *((root / name, {".py"}) for name in folders)]
    for folder, suffixes in kinds:
        for path in sorted(folder.rglob("*")):
            if path.suffix in suffixes and SKIPPED.isdisjoint(path.relative_to(root).parts):
                yield path


def messages_of_python(source: str) -> Iterator[tuple[Message, int]]:
    """Yield the messages of Python code and their lines."""
    for line, text, _comments, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
        singular, plural = (text[0], text[1]) if isinstance(text, tuple) else (text, "")
        if singular:
            yield Message(singular, plural or "", context or ""), line


def messages_of_template(source: str) -> Iterator[tuple[Message, int]]:
    """Yield the messages of a Django template and their lines."""
    # What Django makes of a template looks like calls between words; only its indentation is no Python.
    code = "\n".join(line.strip() for line in templatize(source).split("\n"))
    yield from messages_of_python(code)
