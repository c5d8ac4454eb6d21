"""Read the tables of a document: {heading: [row as dict]}."""

from pathlib import Path

from agency.money import parse_yuan

DOCS = Path(__file__).parents[2] / "docs" / "payroll"


def tables(name: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    heading, head = "", []
    for line in (DOCS / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading, head = line.lstrip("# "), []
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not head:
                head = cells
            elif set(line) - set("|-"):
                found.setdefault(heading, []).append(dict(zip(head, cells, strict=True)))
    return found


def fen(row: dict[str, str], *names: str) -> list[int]:
    return [parse_yuan(row[name]) for name in names]


def hundredths(row: dict[str, str], name: str) -> int:
    return parse_yuan(row[name])


def millionths(text: str) -> int:
    return parse_yuan(text.removesuffix("%")) * 100
