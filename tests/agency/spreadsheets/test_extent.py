"""The area in use is found for all cells at once as it is for each alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agency.spreadsheets.extent import extent, matched_extent

PIECES = (
    *('<c r="', "<c ", "<c\n", "<x:c ", "<x:c\tr='", ' r="', ' xr="', '"', "A", "AB", "XFD", "ABCD", "a", "1", "0007"),
    *("1048576", "12345678", "/", ">", "/>", "<", "c", ' s="1"', ' t="s"', "<v>7</v></c>", '<c r="B3"/>', '<c r="C4">'),
    *('<c r="D5" s="2"/>', '<c r="E6" s="2"><v>1</v></c>', '<c s="1" r="F7">', '<row r="9">', ":c", "<cols>", "\0"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_all_at_once_as_each_alone(pieces):
    text = "".join(pieces).encode()
    assert extent(text) == matched_extent(text)


@pytest.mark.parametrize(
    ("text", "reaches"),
    [
        ('<c r="A1"><v>1</v></c><c r="C2" s="4" t="s"><v>1</v></c>', (1, 2)),
        ('<c r="B1"><v>1</v></c><c r="XFD1048576" s="4"/>', (0, 1)),
        ('<x:c r="AA20"><x:v>1</x:v></x:c>', (19, 26)),
        ('<c s="1" r="AZ3"><v>1</v></c>', (2, 51)),
        ('<c r="Z9"/>', None),
        ("<sheetData/>", None),
    ],
)
def test_styled_cells_without_content_do_not_count(text, reaches):
    assert extent(text.encode()) == reaches
