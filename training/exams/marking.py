"""How answers are marked. Pure: no database, no clock.

| Kind | Chosen | Points |
|---|---|---|
| one is right | the right one | all |
| one is right | anything else, or nothing | 0 |
| several are right | exactly the right ones | all |
| several are right | some of the right ones and no wrong one | half, rounded down |
| several are right | any wrong one, or nothing | 0 |

Half for a careful part: guessing everything must not pay, knowing most should. Rounded down, so that a question of one
point gives nothing for a part.
"""

from collections.abc import Iterable


def points_for(kind: str, right: Iterable[str], chosen: Iterable[str], points: int) -> int:
    """Return the points an answer earns, between 0 and `points`."""
    wanted, given = set(right), set(chosen)
    if given == wanted and wanted:
        return points
    if kind == "multiple" and given and given < wanted:
        return points // 2
    return 0


def is_right(right: Iterable[str], chosen: Iterable[str]) -> bool:
    """Tell whether an answer is wholly right."""
    return set(right) == set(chosen)
