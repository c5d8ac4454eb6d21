"""A run's figures as JSON texts, a piece of rows at a time: a value is written once for all the rows that hold it."""

from itertools import chain
from typing import Self

import numpy as np

from agency.money import Column

from .figures import Figures


class FigureTexts:
    """One JSON object a worker; what is 0 is left out.

    What all workers share stands in `head`, with which every text begins; `lengths` counts each text's bytes, head
    included.
    """

    def __init__(self, head: bytes, lengths: Column, distinct: list[np.ndarray], at: list[np.ndarray]) -> None:
        self.head, self.lengths = head, lengths
        self._distinct, self._at = distinct, at

    @classmethod
    def of(cls, figures: Figures) -> Self:
        """Write the figures of a run, given as columns of one length."""
        same = {name: int(values[0]) for name, values in figures.items() if len(values) and (values == values[0]).all()}
        other = [name for name in figures if name not in same]
        shared = ",".join(f'"{name}":{value}' for name, value in same.items() if value)
        head = f"{{{shared}".encode() + (b"" if other else b"}")
        lengths = np.full(len(next(iter(figures.values()))), len(head), dtype=np.int64)
        begun = np.full(len(lengths), bool(shared))
        distinct, at = [], []
        for name in other:
            values, rows = np.unique(figures[name], return_inverse=True)
            texts = _written(name, values.tolist(), closes=name == other[-1])
            chosen = (rows + len(values) * begun).astype(np.int32)
            distinct.append(np.array(texts, dtype=object))
            at.append(chosen)
            lengths += np.fromiter(map(len, texts), np.int64, len(texts))[chosen]
            begun |= figures[name] != 0
        return cls(head, lengths, distinct, at)

    def __len__(self) -> int:
        return len(self.lengths)

    def after(self, rows: list[bytes], first: int) -> bytes:
        """Join each of some `rows`, which end with the head, with the rest of its text; `first` is the first's number.

        All in one go, for a text joined by itself costs more than the figures in it.
        """
        piece = slice(first, first + len(rows))
        texts = [distinct[at[piece]].tolist() for distinct, at in zip(self._distinct, self._at, strict=True)]
        return b"".join(chain.from_iterable(zip(rows, *texts, strict=True)))


def _written(name: str, values: list[int], *, closes: bool) -> list[bytes]:
    """Return each value's text as the first of its object, and then each as one that follows another."""
    end = "}" if closes else ""
    texts = [f'"{name}":{value}' if value else "" for value in values]
    return [f"{comma}{text}{end}".encode() if text else end.encode() for comma in ("", ",") for text in texts]
