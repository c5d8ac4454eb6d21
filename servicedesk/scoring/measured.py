"""What a measure finds, as plain data that a sheet can keep."""

from dataclasses import asdict, dataclass, field
from typing import Any

SHOWN_EVIDENCE = 60


@dataclass(frozen=True)
class Evidence:
    """One record behind a figure: a page (`url` name, `params`, `query`), what it is about, and how it stands.

    `label` holds words of the trade (a client, a step), never the name of a worker: sheets are kept for years.
    """

    url: str
    params: dict[str, int] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    label: str = ""
    day: str = ""
    state: str = ""


@dataclass(frozen=True)
class Measured:
    """A value `numerator / denominator`, or events to be deducted.

    `trials` is the number of independent observations the share rests on (0: exact), `facts` the whole numbers that
    the sentences name. `evidence` lists what cost points first.
    """

    numerator: int = 0
    denominator: int = 0
    trials: int = 0
    events: dict[str, int] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the snapshot of it."""
        kept = asdict(self)
        kept["evidence"] = kept["evidence"][:SHOWN_EVIDENCE]
        kept["unlisted"] = max(0, len(self.evidence) - SHOWN_EVIDENCE)
        return kept
