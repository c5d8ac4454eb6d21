"""Deal one person's paper: the same questions for all, each in an order of one's own."""

import random
from collections.abc import Iterable
from typing import Any


def deal(questions: Iterable[Any], seed: int) -> list[dict[str, Any]]:
    """Return [{"question": id, "options": [keys]}], shuffled by the seed.

    The paper is stored with the attempt, so that it stays the same whatever a later Python makes of the seed.
    """
    shuffle = random.Random(seed).shuffle  # noqa: S311  (an order, not a secret)
    paper = [
        {"question": question.pk, "options": [option["key"] for option in question.options]}
        for question in sorted(questions, key=lambda question: question.pk)
    ]
    shuffle(paper)
    for page in paper:
        shuffle(page["options"])
    return paper
