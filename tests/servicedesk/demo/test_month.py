"""An agency's own workbooks go through the whole month; run twice, nothing changes the second time."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from agency.models import Agency, StaffMember
from agency.periods import Period
from agency.tenancy.context import tenant
from payroll.models import (
    AdvanceChange,
    AdvanceRepayment,
    BankLine,
    BureauRecord,
    PayrollRun,
    Payslip,
    PayslipDispute,
    PayslipReceipt,
)
from servicedesk.demo.company import SLUG, ensure_agency
from servicedesk.demo.files import workbooks
from servicedesk.demo.months import replay
from servicedesk.models import CommunicationLog, FormSubmission, MonthPlan, ScoreSheet, SpotCheck, Task
from training.models import Attempt, Outcome, Rating
from workers.models import Placement, Worker

from . import figures, month_matches, overview

OCTOBER = Path(settings.BASE_DIR, "examples", "2026-10")
pytestmark = pytest.mark.django_db(transaction=True)


def rows_of_every_table(agency) -> dict[str, int]:
    """Count every row of the agency, history and events included."""
    counts = {}
    with tenant(agency), connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.columns where column_name = 'agency_id' "
            "and table_schema = 'public' order by 1"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"select count(*) from {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts


def reader(name):
    """Return what asks for pages as somebody of the agency."""
    client = Client()
    client.force_login(StaffMember.objects.get(name=name), backend="agency.staff.backends.PhoneOrEmailBackend")

    def read(url):
        answer = client.get(url)
        assert answer.status_code == 200, url
        return answer.content.decode()

    return read


def test_a_month_from_workbooks_to_scores_twice(capsys):
    command = ["run_month", "--agency", SLUG, "--period", "2026-10", "--folder", str(OCTOBER)]
    call_command(*command)
    summary = capsys.readouterr().out
    agency = Agency.objects.get(slug=SLUG)
    with tenant(agency):
        assert Worker.objects.count() == 420
        assert Placement.objects.values("client").distinct().count() == 5
        assert MonthPlan.objects.of_period(Period(2026, 10)).filter(state="approved").count() == 5
        assert CommunicationLog.objects.count() > 200
        runs = PayrollRun.objects.filter(period="2026-10", kind="regular")
        assert {run.state for run in runs} <= {"approved", "paid", "archived"}
        assert all(run.approver_id != run.preparer_id for run in runs)
        assert Payslip.objects.filter(run__in=runs, errors=0).count() == 420
        for run in runs:
            slips = Payslip.objects.filter(run=run)
            assert sum(slips.values_list("net_fen", flat=True)) == run.totals["net_fen"], "totals add up to the fen"
        the_month_shows_what_payroll_can_do()
        assert set(FormSubmission.objects.values_list("state", flat=True)) == {"accepted"}
        assert SpotCheck.objects.get().seed
        assert Attempt.objects.exclude(score=None).count() == 4
        assert sorted(Outcome.objects.values_list("decision", flat=True)) == ["suitable", "unsuitable"]
        assert Rating.objects.waiting().count() == 1, "one candidate waits for the second rater"
        sheets = ScoreSheet.objects.filter(period="2026-10")
        assert sheets.count() == 4
        by_name = {sheet.staff.name: sheet.total_tenths for sheet in sheets.select_related("staff")}
        assert min(by_name, key=by_name.get) == "郑凯", "the one who talks least and copies scores least"
        assert Task.objects.of_period(Period(2026, 10)).filter(state="done").exists()
    assert "Payroll" in summary

    with tenant(agency):
        officer = reader("顾明")
        assert list(figures.month(officer, "2026-10")) == [], "every page agrees to the fen"
        assert list(month_matches.month(officer, "2026-10")) == [], "people and money at risk too"
        assert list(overview.month(reader("周启明"), officer, "2026-10")) == [], "the manager sees the same people"

    before = rows_of_every_table(agency)
    call_command(*command)
    second = capsys.readouterr().out
    after = rows_of_every_table(agency)
    # Receiving a file again is itself an event of the upload's own life; nothing of the business may change.
    changed = {table: (before[table], after[table]) for table in before if before[table] != after[table]}
    assert {table for table in changed if not table.startswith(("agency_upload", "agency_businessevent"))} == set()
    made = [line.split()[-3:] for line in second.splitlines()[1:]]
    assert made


def the_month_shows_what_payroll_can_do():
    """Own items, advances, other kinds of runs, doubts, the bureau's list and the bank's answer: one look each."""
    kinds = PayrollRun.objects.filter(period="2026-10").exclude(kind="regular")
    assert sorted(kinds.values_list("kind", flat=True)) == ["bonus", "correction", "supplementary"]
    own = {name: fen for run in PayrollRun.objects.all() for name, fen in _items_of(run)}
    assert {name for name, fen in own.items() if fen} == {"全勤奖", "工龄工资", "预支归还", "带班津贴", "技师津贴"}
    assert sorted(AdvanceRepayment.objects.values_list("amount_fen", flat=True)) == [300_00, 500_00]
    assert AdvanceChange.objects.filter(monthly_fen=0).count() == 1, "one advance rests"
    weighed = list(Payslip.objects.filter(run__kind="bonus"))
    ways = [(slip.inputs.get("tax_apart_fen", 0), slip.inputs.get("tax_merged_fen", 0)) for slip in weighed]
    assert [slip.tax_fen for slip in weighed] == [min(both) for both in ways], "the better way is chosen"
    assert sum(apart < merged for apart, merged in ways) == 1, "a skilled worker is better off apart"
    assert sum(apart > merged for apart, merged in ways) == len(ways) - 1, "the others with the year"
    assert any(slip.inputs.get("trap_best_fen") for slip in weighed)
    assert PayslipDispute.objects.count() == 2 and PayslipDispute.objects.waiting().count() == 1
    assert PayslipReceipt.objects.exclude(confirmed_at=None).count() == 40
    listed = BureauRecord.objects.filter(period="2026-10")
    assert listed.count() > 400 and listed.filter(insured=True, paid=False).count() < 10, "the mark 已缴 is read"
    assert BankLine.objects.get(state="failed").reason == "户名不符"


def _items_of(run):
    return [(item["name"], item["fen"]) for item in run.totals.get("items", ())]


def test_each_workbook_is_known_by_its_headers():
    kinds = {found.path.name: found.table.name for found in workbooks(OCTOBER)}
    assert kinds["员工花名册（10月末）.xlsx"] == "roster"
    assert list(kinds.values()).count("communication_records") == 4
    assert sorted(kinds.values()).count("attendance") == 5
    assert [name for name, table in kinds.items() if table == "bureau_list"] == ["参保名单-苏州-10月.csv"]
    later = {found.table.name for found in workbooks(OCTOBER.parent / "2026-11")}
    assert later == {"roster", "communication_records"}, "answers to links are no workbook of these"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"--period": "October"}, "write it like 2026-10"),
        ({"--folder": "/nowhere"}, "no folder"),
        ({"--agency": "nobody"}, "create_agency"),
    ],
)
def test_a_wrong_argument_says_how_to_mend_it(change, says):
    arguments = {"--agency": SLUG, "--period": "2026-10", "--folder": str(OCTOBER), **change}
    with pytest.raises(CommandError, match=says):
        call_command("run_month", *[part for pair in arguments.items() for part in pair])


def test_a_roster_with_mistakes_stops_the_month_and_names_the_cell(tmp_path):
    agency = ensure_agency()
    broken = Path(settings.BASE_DIR, "examples", "problems", "花名册（有错）.xlsx")
    (tmp_path / broken.name).write_bytes(broken.read_bytes())
    with pytest.raises(Exception, match=r"花名册（有错）\.xlsx"):
        replay(agency, Period(2026, 10), tmp_path, say=print)
    with tenant(agency):
        assert not Worker.objects.exists(), "all or nothing"
