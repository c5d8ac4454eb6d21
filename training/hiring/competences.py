"""The five competences by which every candidate for a specialist's post is rated, with anchored ratings from 1 to 5."""

import datetime as dt
from dataclasses import dataclass

from agency.languages import by_language, in_chinese
from training.hiring.versions import by_name, valid_on

STEPS = range(1, 6)


@dataclass(frozen=True)
class Competence:
    """One competence: what to ask, and what each rating from 1 to 5 looks like."""

    key: str
    labels: tuple[str, str]
    asks: tuple[str, str]
    anchors_zh: tuple[str, ...]
    anchors_en: tuple[str, ...]

    @property
    def label(self) -> str:
        return by_language(*self.labels)

    @property
    def ask(self) -> str:
        return by_language(*self.asks)

    @property
    def anchors(self) -> list[tuple[int, str]]:
        """Each rating with what it looks like."""
        return list(zip(STEPS, self.anchors_zh if in_chinese() else self.anchors_en, strict=True))


def current_version(day: dt.date) -> str:
    """Return the version of the competences that holds on a day."""
    return valid_on("competences", day)["version"]


def competences(version: str) -> list[Competence]:
    """Return the competences of a version in their order."""
    return [
        Competence(
            given["key"],
            (given["label"], given["label_en"]),
            (given["ask"], given["ask_en"]),
            tuple(given["anchors"]),
            tuple(given["anchors_en"]),
        )
        for given in by_name("competences", version)["competences"]
    ]
