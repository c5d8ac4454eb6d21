"""Read the worked examples of docs/scoring.md."""

from pathlib import Path

DOCUMENT = Path(__file__).parents[3] / "docs" / "scoring.md"


def table(name: str) -> list[list[str]]:
    """Return the rows of the table after `<!-- name -->`. Raises `LookupError` for an unknown name."""
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    if f"<!-- {name} -->" not in lines:
        raise LookupError(f"docs/scoring.md has no table {name!r}")
    rows = []
    for line in lines[lines.index(f"<!-- {name} -->") + 1 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows[2:]


def tenths(text: str) -> int:
    """Read "6.8" as 68 tenths, exactly."""
    whole, part = text.split(".")
    return 10 * int(whole) + int(part)
