"""Wages on their way to the bank: made by one, released by another, never twice."""

import csv
import io

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from openpyxl import load_workbook

from agency.audit.models import BusinessEvent
from agency.uploads import vault
from payroll.files.batches import amount_in_words, make_batch, parts_of
from payroll.files.keeping import give_out
from payroll.files.making import Unfit
from payroll.files.releasing import answer, put_aside, release, release_parts
from payroll.models import BankBatch, BankLine, Payslip
from payroll.refusals import Refused
from tests.payroll.documents import tables
from tests.payroll.files.stage import batch, content, crew, layout, released
from tests.payroll.runs.stage import submitted
from workers.models import BankAccount

pytestmark = pytest.mark.django_db


def owed(run):
    return {slip.name: slip.net_fen for slip in Payslip.objects.filter(run=run)}


def fen(text):
    whole, _dot, rest = str(text).partition(".")
    return int(whole) * 100 + int(rest.ljust(2, "0"))


def test_the_generic_workbook_comes_back_with_total_and_count(ours):
    run = crew(ours)
    made = batch(ours, run=run)
    page = load_workbook(io.BytesIO(content(made)))["代发工资模板"]
    assert (round(page["B2"].value * 100), page["B3"].value) == (run.totals["net_fen"], 4)
    rows = list(page.iter_rows(min_row=5, values_only=True))
    assert {row[2]: round(row[4] * 100) for row in rows} == owed(run)
    assert all(isinstance(row[1], str) and row[1].isdigit() for row in rows)
    assert made.file.name == f"澄光电子2026-10代发-总数4笔-总计{amount_in_words(made.total_fen)}.xlsx"


def test_the_fixed_lines_come_back_by_the_documented_bytes(ours):
    run = crew(ours)
    widths = [(row["field"], int(row["bytes"])) for row in tables("files.md")["Fixed line"]]
    lines = content(batch(ours, "icbc", run)).split(b"\r\n")
    assert lines.pop() == b""
    read = []
    for line in lines:
        assert len(line) == sum(width for _field, width in widths)
        cells, place = {}, 0
        for field, width in widths:
            cells[field], place = line[place : place + width].decode("gbk").strip(), place + width
        read.append(cells)
    assert {row["收款户名"]: fen(row["金额"]) for row in read} == owed(run)
    assert {row["用途"] for row in read} == {"工资2026年10月"}


def test_the_separated_lines_come_back(ours):
    run = crew(ours)
    text = content(batch(ours, "ccb", run)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {row["收款户名"]: fen(row["金额"]) for row in rows} == owed(run)
    numbers = {account.holder: account.number for account in BankAccount.objects.all()}
    assert all(row["收款账号"] == numbers[row["收款户名"]] for row in rows)


def test_the_blocks_of_the_online_batch_come_back_in_fen(ours):
    run = crew(ours)
    lines = content(batch(ours, "icbc_batch", run)).decode("gbk").splitlines()
    assert lines[2].split("|")[3:] == [str(run.totals["net_fen"]), "4"]
    assert {line.split("|")[9]: int(line.split("|")[10]) for line in lines[5:]} == owed(run)


def test_the_abc_list_ends_with_its_total(ours):
    run = crew(ours)
    rows = list(load_workbook(io.BytesIO(content(batch(ours, "abc", run)))).active.values)
    assert rows[0][0] == "单位代发工资名单"
    assert rows[-1][:2] == ("合计", "4 笔")
    assert round(rows[-1][3] * 100) == sum(owed(run).values())


def test_nothing_goes_to_the_bank_before_approval(ours):
    with pytest.raises(Refused):
        make_batch(submitted(ours), layout(), ours.specialist)


def test_wrong_accounts_are_named_and_no_file_is_made(ours):
    run = crew(ours, names=("王海波", "陈志强", "李秀兰", "赵敏"))
    accounts = {
        account.holder: account for account in BankAccount.objects.filter(worker__placements__client=ours.client)
    }
    accounts["王海波"].delete()
    accounts["陈志强"].holder = "陈父"
    accounts["陈志强"].save()
    accounts["赵敏"].number = "6222-0000"
    accounts["赵敏"].save()
    with pytest.raises(Unfit) as unfit:
        make_batch(run, layout(), ours.specialist)
    assert [str(problem).split("：")[0].split("没有")[0] for problem in unfit.value.problems] == [
        "陈志强",
        "王海波",
        "赵敏",
    ]
    assert not BankBatch.objects.exists()


def test_a_character_the_bank_does_not_know_is_named_with_the_person(ours):
    run = crew(ours, names=("王海波", "𠮷小明"))
    with pytest.raises(Unfit, match="𠮷"):
        make_batch(run, layout("icbc"), ours.specialist)
    assert make_batch(run, layout("generic"), ours.specialist).count == 2


def test_the_maker_cannot_release_not_even_by_sql(ours):
    made = batch(ours)
    with pytest.raises(Refused):
        release(made, made.maker)
    with pytest.raises(IntegrityError, match="payroll_batch_two_persons"), transaction.atomic():
        BankBatch.objects.filter(pk=made.pk).update(state="released", releaser=made.maker)
    assert release(made, ours.payroll_officer).state == "released"


def test_a_batch_is_not_released_without_a_releaser(ours):
    with pytest.raises(IntegrityError, match="payroll_batch_released_by_ck"), transaction.atomic():
        BankBatch.objects.filter(pk=batch(ours).pk).update(state="released")


def test_nobody_is_paid_twice_not_even_by_sql(ours):
    made = batch(ours)
    with pytest.raises(Refused):
        make_batch(made.run, layout(), ours.specialist)
    line = made.lines.get()
    twin = BankLine(
        batch=made, run=made.run, worker=line.worker, serial=2, bank="x", holder="x", account="12345678", amount_fen=1
    )
    with pytest.raises(IntegrityError, match="payroll_line_never_twice"), transaction.atomic():
        twin.save()


def test_amounts_and_files_never_change(ours):
    made = batch(ours)
    for change in (
        lambda: BankLine.objects.update(amount_fen=1),
        lambda: BankBatch.objects.update(total_fen=1),
        lambda: BankLine.objects.all().delete(),
        lambda: type(made.file).objects.update(digest="0"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_put_aside_frees_the_workers(ours):
    made = put_aside(batch(ours), ours.specialist)
    again = make_batch(made.run, layout("ccb"), ours.specialist)
    assert (again.number, again.count) == (2, 1)
    with pytest.raises(Refused):
        release(made, ours.payroll_officer)


def test_taking_the_file_is_an_event_and_its_digest_is_checked(ours):
    made = released(ours)
    assert give_out(made.file, ours.payroll_officer).read() == content(made)
    event = BusinessEvent.objects.get(name="payroll.file.taken")
    assert (event.actor_id_at_the_time, event.data["digest"]) == (ours.payroll_officer.pk, made.file.digest)
    made.file.digest = "0" * 64
    with pytest.raises(Refused):
        give_out(made.file, ours.payroll_officer)


def test_more_rows_than_a_file_may_have_become_several_files_that_add_up(ours):
    run = crew(ours)
    row = layout("ccb")
    row.pk, row.key, row.spec = None, "ccb_small", row.spec | {"max_rows": 3}
    row.save(force_insert=True)
    first = make_batch(run, row, ours.specialist)
    parts = list(parts_of(first))
    assert [(part.number, part.part, part.parts, part.count) for part in parts] == [(1, 1, 2, 3), (2, 2, 2, 1)]
    assert sum(part.total_fen for part in parts) == run.totals["net_fen"]
    assert [part.file.name for part in parts] == ["CCB_2026-10_1-第1份共2份.csv", "CCB_2026-10_2-第2份共2份.csv"]
    for part in parts:
        rows = list(csv.DictReader(io.StringIO(vault.get(part.file.stored).read().decode("utf-8-sig"), newline="")))
        assert [row["序号"] for row in rows] == [str(n) for n in range(1, part.count + 1)]
        assert round(sum(float(row["金额"]) for row in rows) * 100) == part.total_fen
    released = release_parts(first, ours.payroll_officer)
    assert [part.state for part in released] == ["released", "released"]
    for part in released:
        answer(part, [], ours.payroll_officer, rest_paid=True)
    run.refresh_from_db()
    assert run.state == "paid"
