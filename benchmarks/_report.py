"""A figure as a line of JSON, the form that bin/bench asks for."""

import json
from typing import Any


def report(name: str, rate: float, unit: str, ratio: float, ratio_to: str, **more: Any) -> None:
    """Print one figure; `more` is kept as it is."""
    line = {"name": name, "rate": round(rate, 1), "unit": unit, "ratio": round(ratio, 2), "ratio_to": ratio_to}
    print(json.dumps(line | more), flush=True)
