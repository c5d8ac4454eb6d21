"""A text as the set of its four-letter pieces, so that two texts can be compared without reading them again."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

PIECE = 4
# Odd numbers without a pattern: they spread neighbouring letters over 32 bits.
_SPREAD = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], dtype=np.uint64)


def normalise(text: str) -> str:
    """Keep letters and Chinese characters, in one width and lower case; each number becomes one 0.

    Punctuation, spaces and figures are what a copied text changes first.
    """
    kept: list[str] = []
    for letter in unicodedata.normalize("NFKC", text).lower():
        if letter.isdigit():
            if not kept or kept[-1] != "0":
                kept.append("0")
        elif letter.isalpha():
            kept.append(letter)
    return "".join(kept)


@dataclass(frozen=True)
class Pieces:
    """The pieces of many texts one after another: text `i` has `flat[starts[i]:starts[i + 1]]`, sorted, each once."""

    flat: np.ndarray
    starts: np.ndarray

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, index: int) -> np.ndarray:
        return self.flat[self.starts[index] : self.starts[index + 1]]

    @property
    def sizes(self) -> np.ndarray:
        return np.diff(self.starts)

    @property
    def owners(self) -> np.ndarray:
        """Name the text of each entry of `flat`."""
        return np.repeat(np.arange(len(self)), self.sizes)

    @classmethod
    def joined(cls, sets: Sequence[np.ndarray]) -> "Pieces":
        sizes = np.fromiter((len(one) for one in sets), dtype=np.int64, count=len(sets))
        flat = np.concatenate(sets) if len(sets) else np.empty(0, dtype=np.uint32)
        return cls(flat, np.concatenate([[0], np.cumsum(sizes)]))

    def without(self, common: np.ndarray) -> "Pieces":
        """Leave out pieces that belong to nobody: the agency's usual phrases."""
        if not len(common):
            return self
        kept = ~np.isin(self.flat, common)
        sizes = np.bincount(self.owners[kept], minlength=len(self))
        return Pieces(self.flat[kept], np.concatenate([[0], np.cumsum(sizes)]))


def pieces_of(texts: Sequence[str]) -> Pieces:
    """Cut texts into pieces; a text shorter than one piece has none."""
    plain = [normalise(text) for text in texts]
    sizes = np.fromiter((len(text) for text in plain), dtype=np.int64, count=len(plain))
    letters = np.frombuffer("".join(plain).encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    if len(letters) < PIECE:
        return Pieces(np.empty(0, dtype=np.uint32), np.zeros(len(plain) + 1, dtype=np.int64))
    count = len(letters) - PIECE + 1
    hashed = np.zeros(count, dtype=np.uint64)
    for place, spread in enumerate(_SPREAD):
        hashed = (hashed ^ (letters[place : place + count] * spread)) * _SPREAD[0]
    owner = np.repeat(np.arange(len(plain), dtype=np.uint64), sizes)
    whole = owner[:count] == owner[PIECE - 1 :]
    keys = np.unique((owner[:count][whole] << np.uint64(32)) | (hashed[whole] >> np.uint64(32)))
    found = np.bincount((keys >> np.uint64(32)).astype(np.int64), minlength=len(plain))
    flat = (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    return Pieces(flat, np.concatenate([[0], np.cumsum(found)]))


def common_pieces(pieces: Pieces, writers: np.ndarray) -> np.ndarray:
    """Return what many write in many texts: in one text of a hundred (at least 20), by one writer in five (at least 3).

    Both are asked, so that what one person copies a thousand times does not pass for a phrase of the agency.
    """
    if not len(pieces.flat):
        return np.empty(0, dtype=np.uint32)
    values, texts = np.unique(pieces.flat, return_counts=True)
    often = values[texts >= max(20, -(-len(pieces) // 100))]
    who = np.unique(writers, return_inverse=True)[1].astype(np.uint64)
    mine = np.isin(pieces.flat, often)
    pairs = np.unique((who[pieces.owners[mine]] << np.uint64(32)) | pieces.flat[mine])
    values, people = np.unique((pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32), return_counts=True)
    return values[people >= max(3, -(-len(np.unique(who)) // 5))]
