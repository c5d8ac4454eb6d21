"""The reader of rendered figures sees what is there, and the comparison does not pass over a fen."""

from .figures import differ, receivables
from .rendered import amounts, fen, tables

PAGE = """<h1>客户还欠 ¥{heading}</h1><table>
<thead><tr><th>客户</th><th>未到期</th><th>1</th><th>2</th><th>3</th><th>4</th>
<th>合计</th></tr></thead><tbody><tr><th>甲</th><td>1.00<small>9.99</small></td><td>0.00</td><td>0.00</td><td>0.00</td>
<td>{late}</td><td>3.00</td></tr></tbody><tfoot><tr><th>合计</th><td>1.00</td><td>0.00</td><td>0.00</td><td>0.00</td>
<td>2.00</td><td>3.00</td></tr></tfoot></table>"""


def test_amounts_are_read_as_people_write_them():
    assert [fen(text) for text in ("¥1,234.05", "−0.50", "+12.00", "—", "3 人")] == [123405, -50, 1200, None, None]
    assert amounts("<p>¥1.00</p> 2.50 <b>−3.00</b>") == [100, 250, -300]


def test_a_table_has_columns_rows_and_totals():
    table = tables(PAGE.format(heading="3.00", late="2.00"))[0]
    assert table.column("未到期") == [100] and table.total("合计") == 300


def test_one_fen_is_noticed():
    assert list(receivables(lambda url: PAGE.format(heading="3.00", late="2.00"))) == []
    assert len(list(receivables(lambda url: PAGE.format(heading="3.01", late="2.01")))) == 2
    assert list(differ("x", a=1, b=2)) == ["x: {'a': 1, 'b': 2}"]
