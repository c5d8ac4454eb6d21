"""One row of the isolation table: how to ask a URL for an object of a given agency."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.cast import Company

Making = Callable[[Company], dict[str, Any]]


@dataclass(frozen=True)
class Row:
    """`args` names the URL's arguments for a company and makes what they point at, inside that company's context.

    `company.visitor` is the person of the role that asks, for what belongs to one person only. A row without `args`
    has no object: every agency sees its own rows there. `public` doors need no sign-in; what they
    show hangs on a signed link. `method` and `data` send a form; a permitted person may be told to mend it (422).
    """

    args: Making | None = None
    method: str = "get"
    data: Making = field(default=lambda company: {})
    public: bool = False


def table() -> dict[str, Row]:
    """Gather the rows of every room. Raises `ValueError` for a URL named twice."""
    rows: dict[str, Row] = {}
    for path in sorted((Path(__file__).parent / "rows").glob("[a-z]*.py")):
        for name, row in import_module(f"tests.isolation.rows.{path.stem}").ROWS.items():
            if name in rows:
                raise ValueError(f"{name} stands in two files of tests/isolation/rows/")
            rows[name] = row
    return rows
