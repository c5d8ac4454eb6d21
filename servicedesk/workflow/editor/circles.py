"""Steps that wait for each other: find a circle, and put steps after those they wait for. Pure."""

from collections.abc import Mapping, Sequence


def circle_of(requires: Mapping[int, set[int]]) -> list[int]:
    """Return the steps of one circle, each waiting for the next and the last for the first; nothing when none is."""
    free: set[int] = set()
    for start in requires:
        path: list[int] = []
        if found := _walk(start, requires, path, free):
            return found
    return []


def arranged(steps: Sequence[int], requires: Mapping[int, set[int]]) -> list[int]:
    """Return the steps with each after all it waits for, otherwise in the order given. Expects no circle."""
    left, placed = list(steps), []
    while left:
        step = next((one for one in left if requires.get(one, set()).isdisjoint(left)), left[0])
        left.remove(step)
        placed.append(step)
    return placed


def _walk(step: int, requires: Mapping[int, set[int]], path: list[int], free: set[int]) -> list[int]:
    if step in path:
        return path[path.index(step) :]
    if step in free:
        return []
    path.append(step)
    for before in sorted(requires.get(step, ())):
        if found := _walk(before, requires, path, free):
            return found
    path.pop()
    free.add(step)
    return []
