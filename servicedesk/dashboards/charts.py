"""The geometry of the two small charts: plain numbers that the template draws as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from agency.periods import Period

WIDTH, BASE = 300, 100
EDGES = (750, 800, 850, 900, 950)
NAMES = ("<75", "75—80", "80—85", "85—90", "90—95", "95+")
LOOKS = ("bar-bad", "bar-warn", "barm", "barm", "barm", "bar-on")
GOAL = 90


@dataclass(frozen=True)
class Column:
    """One class of scores: where it stands, and the top of each person's square."""

    name: str
    look: str
    x: float
    squares: list[float]
    height: float

    @property
    def count(self) -> int:
        return len(self.squares)

    @property
    def square(self) -> float:
        return self.height - 2

    @property
    def middle(self) -> float:
        return self.x + 11

    @property
    def above(self) -> float:
        return BASE - 6 - self.height * self.count


def distribution(totals: Sequence[int]) -> list[Column]:
    """Sort scores in tenths into classes, one square a person; squares flatten where many stand on one another."""
    counts = [0] * len(NAMES)
    for total in totals:
        counts[sum(total >= edge for edge in EDGES)] += 1
    height = min(15.0, 78 / max([1, *counts]))
    return [
        Column(name, look, 14 + 50 * place, [round(BASE - height * (n + 1), 1) for n in range(count)], height)
        for place, (name, look, count) in enumerate(zip(NAMES, LOOKS, counts, strict=True))
    ]


@dataclass(frozen=True)
class Point:
    """A month's mean in tenths, and where it is drawn."""

    period: Period
    mean: int
    x: float
    y: float


@dataclass(frozen=True)
class Trend:
    """The team's mean over the months, with the height of the goal; empty without a scored month."""

    points: list[Point]
    goal_y: float

    @property
    def path(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def last(self) -> Point:
        return self.points[-1]

    @property
    def goal_text_y(self) -> float:
        return self.goal_y + 4

    @property
    def last_text_y(self) -> float:
        """Write the last figure below the line, or above it where the axis is near."""
        return self.last.y + 17 if self.last.y < BASE - 22 else self.last.y - 10

    @property
    def change(self) -> int:
        """Tenths between the first and the last month shown."""
        return self.points[-1].mean - self.points[0].mean if self.points else 0


def trend(months: dict[Period, list[int]]) -> Trend:
    """Draw the mean of each month's totals (tenths, rounded half up) from the oldest to the newest."""
    means = [(period, (2 * sum(t) + len(t)) // (2 * len(t))) for period, t in sorted(months.items()) if t]
    low = min([mean for _, mean in means], default=0)
    floor = max(0, min(low - 30, GOAL * 10 - 150))
    scale = (BASE - 12) / (1000 - floor)

    def height(tenths: int) -> float:
        return round(BASE - (tenths - floor) * scale, 1)

    step = 256 / max(1, len(means) - 1)
    first = 8 if len(means) > 1 else WIDTH / 2
    points = [
        Point(month, mean, round(first + step * place, 1), height(mean)) for place, (month, mean) in enumerate(means)
    ]
    return Trend(points, height(GOAL * 10))
