"""Draw one page of a wage sheet after the other: head, rows, sums, signatures. Knows ink and places, not wages."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from reportlab.pdfgen.canvas import Canvas

from payroll.runs.sheet_columns import SheetColumn, SheetRow

from .sheet_plan import GAP, MARGIN, PADDING, PAGE, WIDTH, Plan
from .sheet_type import BOLD, CHINESE, FIGURES, broken, printable, ready, shown, width_of

LEAD_HEADS = ("序号", "工号", "姓名", "地点岗位")
GREY = 0.55


class Seen(Protocol):
    """What drawing asks of a survey."""

    columns: tuple[SheetColumn, ...]


class Drawing:
    """A sheet being drawn; `y` is where the next row begins."""

    def __init__(self, canvas: Canvas, plan: Plan, seen: Seen) -> None:
        ready()
        self.canvas, self.plan, self.columns = canvas, plan, seen.columns
        self.y = self.top = self.sums = 0.0
        self.lead_edges = [MARGIN]
        for width in plan.lead:
            self.lead_edges.append(self.lead_edges[-1] + width)
        self.heads = [
            [self._head(column, slot) for slot, column in enumerate(self.columns[index] for index in band)]
            for band in plan.bands
        ]
        self.band_lines = [max(len(lines) for lines in band) for band in self.heads]

    @property
    def head_height(self) -> float:
        return (sum(self.band_lines) + GAP) * self.plan.leading

    def begin(self, heads: Sequence[str], footnotes: Iterable[str], signatures: Sequence[str]) -> None:
        """Begin a page: title, facts, the table's head; and below, signatures and the page's number."""
        title, *facts = heads
        self._text(PAGE[0] / 2 - width_of(printable(title)) * 7, PAGE[1] - MARGIN - 14, title, 14)
        self._spread(PAGE[1] - MARGIN - 36, facts, 8)
        self._spread(MARGIN + 20, signatures, 9)
        at = PAGE[0] - MARGIN
        for note in footnotes:
            at -= width_of(note) * 7.5
            self._text(at, MARGIN, note, 7.5)
            at -= 15
        self.top = self.y = PAGE[1] - MARGIN - 46
        self.sums = 0.0
        self._table_head()

    def row(self, serial: int, row: SheetRow, lines: int) -> None:
        """Draw one worker; `lines` is how high the row is."""
        texts = (
            [str(serial)],
            [row.number],
            broken(printable(row.name), self._em(2)),
            broken(printable(row.place), self._em(3)),
        )
        self._lead(texts)
        self._values(row.values, FIGURES)
        self._line(lines)

    def sum(self, label: str, people: str, values: Sequence[int]) -> None:
        """Draw a row of sums."""
        size = self.plan.size
        self.sums = self.sums or self.y
        self._text(self.lead_edges[0] + size * PADDING / 2, self.y - self.plan.leading, f"{label} {people}", size)
        self._values(values, BOLD)
        self._line(len(self.plan.bands))

    def end(self) -> None:
        """Rule the table and finish the page."""
        inner = [edge for edge, width in zip(self.lead_edges[1:], self.plan.lead, strict=True) if width][:-1]
        edges = [MARGIN, *self.plan.edges, MARGIN + WIDTH]
        self.canvas.setLineWidth(0.4)
        self.canvas.setStrokeGray(GREY)
        self.canvas.lines([(x, self.top, x, self.y) for x in edges])
        self.canvas.lines([(x, self.top, x, self.sums or self.y) for x in inner])
        self.canvas.showPage()

    def close(self, title: str) -> None:
        self.canvas.setTitle(title)
        self.canvas.save()

    def _head(self, column: SheetColumn, slot: int) -> list[str]:
        em = (self.plan.edges[slot + 1] - self.plan.edges[slot]) / self.plan.size - PADDING / 2
        return broken(printable(column.header), em)

    def _table_head(self) -> None:
        size, leading = self.plan.size, self.plan.leading
        self.canvas.setFillGray(0.93)
        self.canvas.rect(MARGIN, self.y - self.head_height, WIDTH, self.head_height, stroke=0, fill=1)
        self.canvas.setFillGray(0)
        self._lead([[head] if self.plan.lead[at] else [] for at, head in enumerate(LEAD_HEADS)])
        signed = self.plan.edges[-1]
        self._text(signed + size * PADDING / 2, self.y - leading, "签收", size)
        down = self.y
        for band, lines in zip(self.heads, self.band_lines, strict=True):
            for slot, words in enumerate(band):
                for line, text in enumerate(words, 1):
                    right = self.plan.edges[slot + 1] - size * PADDING / 2
                    self._text(right - width_of(text) * size, down - line * leading, text, size)
            down -= lines * leading
        self._line(sum(self.band_lines))

    def _lead(self, texts: Sequence[Sequence[str]]) -> None:
        size = self.plan.size
        for at, lines in enumerate(texts):
            for line, text in enumerate(lines, 1):
                if text:
                    self._text(self.lead_edges[at] + size * PADDING / 2, self.y - line * self.plan.leading, text, size)

    def _values(self, values: Sequence[int], face: str) -> None:
        size = self.plan.size
        self.canvas.setFont(face, size)
        for line, band in enumerate(self.plan.bands, 1):
            down = self.y - line * self.plan.leading
            for slot, index in enumerate(band):
                column = self.columns[index]
                text = shown(values[index], is_count=column.is_count)
                if column.name == "net_fen" and not text:
                    text = "0.00"
                if text:
                    self.canvas.drawRightString(self.plan.edges[slot + 1] - size * PADDING / 2, down, text)

    def _line(self, lines: int) -> None:
        self.y -= (lines + GAP) * self.plan.leading
        self.canvas.setLineWidth(0.3)
        self.canvas.setStrokeGray(GREY)
        self.canvas.line(MARGIN, self.y, MARGIN + WIDTH, self.y)

    def _spread(self, y: float, texts: Sequence[str], size: float) -> None:
        """Spread texts over the page's width, with the same air between any two."""
        widths = [width_of(printable(text)) * size for text in texts]
        air = max((WIDTH - sum(widths)) / len(texts), size)
        x = MARGIN
        for text, width in zip(texts, widths, strict=True):
            self._text(x, y, text, size)
            x += width + air

    def _text(self, x: float, y: float, text: str, size: float) -> None:
        self.canvas.setFont(CHINESE, size)
        self.canvas.drawString(x, y, printable(text))

    def _em(self, lead: int) -> float:
        return max(self.plan.lead[lead] / self.plan.size - PADDING, 1.0)
