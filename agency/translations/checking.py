"""Compare what the sources ask for with what the catalogues answer."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry

from .catalogues import read
from .extraction import Message, Places, collect
from .ownership import Owners

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|(?<!%)%[sd]")


class Comparison:
    """The sources and catalogues of a tree, side by side."""

    def __init__(self, root: Path, apps: list[str], language: str = "zh_Hans") -> None:
        self.owners = Owners(root, apps, language)
        self.places: Places = collect(root, [*apps, "config"])
        self.catalogues: dict[Path, Catalog] = {path: read(root / path, language) for path in self.owners.catalogues()}

    def missing(self) -> dict[Path, list[Message]]:
        """Return by owning catalogue the messages that neither it nor its app's nor the ground's holds."""
        lacking: dict[Path, list[Message]] = defaultdict(list)
        for message, places in sorted(self.places.items()):
            for owner in sorted({self.owners.catalogue_for(path) for path, _line in places}):
                if not any(self._holds(path, message) for path in self.owners.chain(owner)):
                    lacking[owner].append(message)
        return lacking

    def problems(self) -> list[str]:
        """Return in words whatever is missing, empty, obsolete, contradictory or wrongly filled in."""
        found = [
            f"{path}: missing {message.singular!r}  ({self._first_place(message, path)})"
            for path, messages in self.missing().items()
            for message in messages
        ]
        return [*found, *self._entry_problems(), *self._conflicts()]

    def obsolete(self) -> dict[Path, list[Entry]]:
        """Return by catalogue the entries that no file under its roof uses."""
        used: dict[Path, set[tuple[str, str]]] = defaultdict(set)
        for message, places in self.places.items():
            for path, _line in places:
                for catalogue in self.owners.chain(self.owners.catalogue_for(path)):
                    used[catalogue].add(message.key)
        unused = {path: [e for e in entries(c) if key(e) not in used[path]] for path, c in self.catalogues.items()}
        return {path: found for path, found in unused.items() if found}

    def _entry_problems(self) -> Iterator[str]:
        for path, catalogue in self.catalogues.items():
            for entry in entries(catalogue):
                if entry.fuzzy or not all(_strings(entry)):
                    yield f"{path}: empty {key(entry)[1]!r}"
                elif not _same_placeholders(entry):
                    yield f"{path}: other placeholders than {key(entry)[1]!r}"
        for path, unused in self.obsolete().items():
            yield from (f"{path}: obsolete {key(entry)[1]!r}" for entry in unused)

    def _conflicts(self) -> Iterator[str]:
        # Django merges all catalogues into one: of two answers the reader would see either.
        answers: dict[tuple[str, str], dict[tuple[str, ...], Path]] = defaultdict(dict)
        for path, catalogue in self.catalogues.items():
            for entry in entries(catalogue):
                if all(_strings(entry)):
                    answers[key(entry)].setdefault(_strings(entry), path)
        for (_context, text), given in answers.items():
            if len(given) > 1:
                both = " and ".join(f"{path} ({answer[0]})" for answer, path in given.items())
                yield f"conflicting {text!r}: {both}"

    def _holds(self, path: Path, message: Message) -> bool:
        catalogue = self.catalogues.get(path)
        return catalogue is not None and catalogue.get(message.singular, message.context or None) is not None

    def _first_place(self, message: Message, owner: Path) -> str:
        places = self.places[message]
        return next(f"{path}:{line}" for path, line in places if self.owners.catalogue_for(path) == owner)


def entries(catalogue: Catalog) -> list[Entry]:
    """Return the entries of a catalogue without its header."""
    return [entry for entry in catalogue if entry.id]


def key(entry: Entry) -> tuple[str, str]:
    """Return context and singular of an entry."""
    return entry.context or "", entry.id[0] if isinstance(entry.id, list | tuple) else entry.id


def _strings(entry: Entry) -> tuple[str, ...]:
    return tuple(entry.string) if isinstance(entry.string, list | tuple) else (entry.string or "",)


def _same_placeholders(entry: Entry) -> bool:
    ids = entry.id if isinstance(entry.id, list | tuple) else (entry.id,)
    known = {found for text in ids for found in PLACEHOLDER.findall(text)}
    needed = set(PLACEHOLDER.findall(ids[-1]))
    return all(needed <= set(PLACEHOLDER.findall(text)) <= known for text in _strings(entry))
