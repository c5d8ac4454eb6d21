"""What the bank says of a batch: who was paid, who was not and why, and the way back into a second batch."""

import datetime as dt
import io

import pytest
import time_machine
from openpyxl import Workbook

from agency.audit.models import BusinessEvent
from agency.spreadsheets.refusals import Refused as FileRefused
from payroll.files.batches import make_batch, still_to_pay
from payroll.files.making import Unfit
from payroll.files.releasing import Answer, answer, release
from payroll.files.returns import read_answers
from payroll.models import BankLine
from payroll.refusals import Refused
from payroll.runs.states import State as RunState
from tests.payroll.files.stage import batch, content, crew, layout, released
from tests.payroll.runs.stage import approved
from workers.people.accounts import change_account

pytestmark = pytest.mark.django_db
MENDED = dt.datetime(2026, 11, 20, 4, tzinfo=dt.UTC)
NEW_ACCOUNT = "6217000000000000123"


def test_the_answer_pays_most_and_the_rest_goes_out_again(ours):
    run = crew(ours)
    made = released(ours, run=run)
    book = Workbook()
    book.active.append(["代发结果清单"])
    book.active.append([])
    book.active.append(["序号", "收款账号", "收款户名", "金额", "处理结果", "失败原因"])
    for line in made.lines.all():
        bad = line.holder == "赵敏"
        book.active.append(
            [
                line.serial,
                line.account,
                line.holder,
                line.amount_fen / 100,
                "失败" if bad else "成功",
                "户名不符" if bad else "",
            ]
        )
    file = io.BytesIO()
    book.save(file)
    made = answer(made, read_answers(made, file, "回盘.xlsx"), ours.payroll_officer, rest_paid=False)
    assert made.state == "settled"
    failed = made.lines.get(state="failed")
    assert (failed.holder, failed.reason) == ("赵敏", "户名不符")
    run.refresh_from_db()
    assert run.state == RunState.APPROVED
    assert [slip.name for slip in still_to_pay(run)] == ["赵敏"]

    second = release(make_batch(run, layout(), ours.specialist), ours.payroll_officer)
    assert (second.number, second.count, second.total_fen) == (2, 1, failed.amount_fen)
    answer(second, [], ours.payroll_officer, rest_paid=True)
    run.refresh_from_db()
    assert run.state == RunState.PAID
    assert sum(BankLine.objects.filter(state="paid").values_list("amount_fen", flat=True)) == run.totals["net_fen"]


def test_a_reject_file_lists_failures_only(ours):
    run = crew(ours)
    made = released(ours, "ccb", run)
    line = made.lines.get(holder="李秀兰")
    body = f"退票清单\n账号,户名,金额,退回原因\n{line.account},李秀兰,{line.amount_fen / 100:.2f},账户已销户\n".encode(
        "gbk"
    )
    answers = read_answers(made, io.BytesIO(body), "退票.csv")
    assert answers == [Answer(line.pk, False, "账户已销户")]
    made = answer(made, answers, ours.payroll_officer, rest_paid=True)
    assert made.lines.filter(state="paid").count() == 3


def test_a_fixed_answer_comes_back_in_its_own_layout(ours):
    run = crew(ours)
    made = released(ours, "icbc", run)
    said = []
    for line, holder in zip(content(made).split(b"\r\n"), made.lines.values_list("holder", flat=True), strict=False):
        said.append(line[:225] + ("账号不存在" if holder == "陈志强" else "成功").encode("gbk").ljust(20))
    answers = read_answers(made, io.BytesIO(b"\r\n".join(said)), "回盘.txt")
    assert sorted(told.paid for told in answers) == [False, True, True, True]


def test_a_masked_account_is_found_by_name_and_amount(ours):
    run = crew(ours)
    made = released(ours, run=run)
    line = made.lines.get(holder="赵敏")
    masked = f"{line.account[:4]}****{line.account[-4:]}"
    body = f"账号,户名,金额,结果\n{masked},赵敏,{line.amount_fen / 100:.2f},成功\n".encode()
    assert read_answers(made, io.BytesIO(body), "x.csv") == [Answer(line.pk, True)]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("6222009999999999,路人,1.00,成功", "第 2 行"),
        ("{account},王海波,1.00,成功", "第 2 行"),
        ("{account},王海波,{amount},处理中", "处理中"),
    ],
)
def test_a_row_that_fits_nothing_stops_the_whole_file(ours, row, words):
    made = released(ours)
    line = made.lines.get()
    text = "账号,户名,金额,结果\n" + row.format(account=line.account, amount=f"{line.amount_fen / 100:.2f}")
    with pytest.raises(Unfit, match=words):
        read_answers(made, io.BytesIO(text.encode()), "x.csv")


def test_what_is_no_table_is_refused(ours):
    with pytest.raises(FileRefused):
        read_answers(released(ours), io.BytesIO(b"%PDF-1.4"), "x.pdf")


def test_saying_the_same_again_changes_nothing(ours):
    made = released(ours)
    answers = [Answer(made.lines.get().pk, True)]
    answer(made, answers, ours.payroll_officer, rest_paid=False)
    answer(made, answers, ours.payroll_officer, rest_paid=False)
    assert BusinessEvent.objects.filter(name="payroll.batch.answered").count() == 1
    made.run.refresh_from_db()
    assert made.run.state == RunState.PAID


def test_an_answer_before_the_release_is_refused(ours):
    made = batch(ours)
    with pytest.raises(Refused):
        answer(made, [], ours.payroll_officer, rest_paid=True)
    assert made.lines.get().state == "open"


def test_a_late_return_after_payment_can_be_paid_again(ours):
    made = released(ours)
    answer(made, [], ours.payroll_officer, rest_paid=True)
    line = made.lines.get()
    answer(made, [Answer(line.pk, False, "隔日退票")], ours.payroll_officer, rest_paid=False)
    assert make_batch(approved(ours), layout(), ours.specialist).count == 1


def test_an_account_mended_after_a_return_is_paid_in_a_second_batch(ours):
    run = crew(ours)
    first = released(ours, "ccb", run)
    back = first.lines.get(holder="李秀兰")
    said = f"账号,户名,金额,结果,原因\n{back.account},李秀兰,{back.amount_fen / 100:.2f},失败,账户已销户\n".encode()
    answer(first, read_answers(first, io.BytesIO(said), "回盘.csv"), ours.payroll_officer, rest_paid=True)
    assert list(still_to_pay(run).values_list("name", "net_fen")) == [("李秀兰", back.amount_fen)]

    with time_machine.travel(MENDED, tick=False):
        change_account(back.worker, "建设银行", "李秀兰", NEW_ACCOUNT, MENDED.date(), ours.specialist)
        second = make_batch(run, layout("ccb"), ours.specialist)
        line, written = second.lines.get(), content(second).decode("utf-8-sig")
        assert (second.number, line.account, line.amount_fen) == (2, NEW_ACCOUNT, back.amount_fen)
        assert NEW_ACCOUNT in written and back.account not in written
        with pytest.raises(Refused):
            release(second, ours.specialist)
        second = release(second, ours.payroll_officer)
        run.refresh_from_db()
        assert run.state == RunState.APPROVED, "on its way is not paid yet"
        answer(second, [Answer(line.pk, True)], ours.payroll_officer, rest_paid=False)

    run.refresh_from_db()
    assert (run.state, still_to_pay(run).count()) == (RunState.PAID, 0)
    paid = BankLine.objects.filter(run=run, state="paid")
    assert sum(paid.values_list("amount_fen", flat=True)) == run.totals["net_fen"]
    assert paid.get(worker=back.worker) == line, "paid once"
    back.refresh_from_db()
    assert (back.state, back.reason) == ("failed", "账户已销户"), "what came back stays as it was"
    with pytest.raises(Refused):
        make_batch(run, layout("ccb"), ours.specialist)


def test_an_account_that_is_not_mended_comes_back_once_more(ours):
    run = crew(ours)
    first = released(ours, "ccb", run)
    answer(first, [Answer(first.lines.get(holder="赵敏").pk, False, "户名不符")], ours.payroll_officer, rest_paid=True)
    second = release(make_batch(run, layout("ccb"), ours.specialist), ours.payroll_officer)
    answer(second, [Answer(second.lines.get().pk, False, "户名不符")], ours.payroll_officer, rest_paid=False)
    run.refresh_from_db()
    assert run.state == RunState.APPROVED
    assert [slip.name for slip in still_to_pay(run)] == ["赵敏"]
    assert BankLine.objects.filter(run=run, worker__name="赵敏").count() == 2
