"""The reader of rendered figures sees what is there, and the comparison does not pass over a fen."""

from clients.models import ClientEnterprise

from .figures import differ, receivables
from .month_matches import client
from .overview import month
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


MATCH = """<h1>¥{heading} 有风险</h1><span class="stat-label">该参保没申报</span> <span class="stat-value">¥3.00</span>
<span class="stat-note">1 人</span><a class="chip" href="?gap=">全部 <span class="count">2</span></a>
<a class="chip" href="?gap=not_declared">该参保没申报 <span class="count">{count}</span></a>
<table><thead><tr><th>姓名、工号</th><th>风险金额</th><th>哪里不对</th></tr></thead><tbody>
<tr><th>甲</th><td>3.00</td><td>该参保没申报</td></tr>
<tr><th>乙</th><td>0.00</td><td>没问题</td></tr></tbody></table>"""


def test_money_or_a_person_missing_from_the_match_is_noticed():
    found = ClientEnterprise(pk=1, short_name="甲")
    assert list(client(lambda url: MATCH.format(heading="3.00", count=1), found, "2026-10")) == []
    assert len(list(client(lambda url: MATCH.format(heading="3.01", count=1), found, "2026-10"))) == 1
    assert len(list(client(lambda url: MATCH.format(heading="3.00", count=2), found, "2026-10"))) == 1


def test_a_client_the_overview_does_not_count_is_noticed(db, ours):
    runs = "<table><thead><tr><th>客户</th></tr></thead><tbody><tr><th>甲 年终奖</th></tr></tbody></table>"
    said = "<p>禾川，4 名客服，{clients} 家客户，0 名员工。</p>"
    assert list(month(lambda url: said.format(clients=1), lambda url: runs, "2026-10")) == []
    assert len(list(month(lambda url: said.format(clients=2), lambda url: runs, "2026-10"))) == 1
