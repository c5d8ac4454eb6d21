"""Read, complete and compile the .po catalogues (Babel: no gettext needed on the machine)."""

import os
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from .extraction import Message

WIDTH = 110
HEADER = r"""msgid ""
msgstr ""
"Language: {language}\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plurals}\n"

"""


def read(path: Path, language: str) -> Catalog:
    """Return the catalogue of a .po file, or an empty one where there is no file yet."""
    if not path.exists():
        return Catalog(locale=language, project="Zhudian", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def add(catalogue: Catalog, messages: Iterable[Message]) -> int:
    """Add the messages that are missing, untranslated; return how many there were."""
    before = len(catalogue)
    for message in messages:
        if catalogue.get(message.singular, message.context or None) is None:
            text = (message.singular, message.plural) if message.plural else message.singular
            catalogue.add(text, context=message.context or None)
    return len(catalogue) - before


def write(path: Path, catalogue: Catalog) -> None:
    """Write a .po file, sorted and without places and dates: a line changes only when a text does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.format(language=path.parts[-3], plurals=catalogue.plural_forms).encode())
        write_po(file, catalogue, width=WIDTH, no_location=True, omit_header=True, sort_output=True)


def compile_file(source: Path, *, force: bool = False) -> bool:
    """Write the .mo beside a .po when the .po is newer; return whether it was written.

    The new file replaces the old one in one step: a server that starts meanwhile reads one or the other.
    """
    target = source.with_suffix(".mo")
    if not force and target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parts[-3])
    temporary = target.with_suffix(f".mo.{os.getpid()}")
    with temporary.open("wb") as file:
        write_mo(file, catalogue)
    temporary.replace(target)
    return True
