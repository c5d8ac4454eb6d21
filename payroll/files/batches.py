"""Put a run's wages into a bank batch: who is still to be paid, to which account, in which layout."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext

from agency.audit import record
from agency.calendar import today
from agency.models import StaffMember
from agency.reasons import Reason, _, reason
from payroll.models import BankBatch, BankLine, FileLayout, MadeFile, PaidOutside, PayoutConsent, PayrollRun, Payslip
from payroll.refusals import Refused
from payroll.runs.states import State as RunState
from workers.models import BankAccount

from .fields import in_order
from .keeping import keep
from .layouts import Layout, file_name, read_layout
from .making import Unfit, about, must_fit, remarks_of
from .problems import ACCOUNT
from .writing import write

BATCH = "bank"
PAYS = (BankLine.State.OPEN, BankLine.State.PAID)
Record = dict[str, Any]


def still_to_pay(run: PayrollRun) -> QuerySet[Payslip]:
    """Return the payslips of a run with something in hand for which no line is on its way or paid, nor paid outside."""
    lines = BankLine.objects.filter(run=run, worker=OuterRef("worker"), state__in=PAYS)
    outside = PaidOutside.objects.filter(run=run)
    return Payslip.objects.filter(~Exists(lines), ~Exists(outside), run=run, errors=0, net_fen__gt=0).order_by(
        "name_pinyin", "pk"
    )


def make_batch(run: PayrollRun, layout_row: FileLayout, by: StaffMember) -> BankBatch:
    """Make a batch of everybody still to be paid, failed lines of earlier batches included; return its first part.

    Where the layout takes fewer rows than there are, several batches with numbers that follow each other are made, one
    a file: every file counts and adds up its own rows. Raises `Refused` before the run is approved or when everybody is
    in a batch, `Unfit` with names for accounts that are missing or cannot be right, and for what the layout
    cannot carry.
    """
    layout = read_layout(layout_row.spec)
    with transaction.atomic():
        run = PayrollRun.objects.select_for_update(of=("self",)).select_related("client", "agency").get(pk=run.pk)
        if run.state not in (RunState.APPROVED, RunState.PAID):
            raise Refused(gettext("Wages go to the bank once a colleague has approved the run."))
        if PayoutConsent.objects.filter(run=run, given_by=by).exists():
            raise Refused(gettext("You agreed to pay before the money comes: somebody else must make the batch."))
        slips = list(still_to_pay(run).only("worker_id", "name", "net_fen", "employee_no", "run_id", "agency"))
        if not slips:
            raise Refused(gettext("Everybody in this run is paid or in a batch already."))
        accounts = _accounts(slips, max(run.pay_date, today()))
        if problems := list(_wrong_accounts(slips, accounts)):
            raise Unfit(problems)
        after = BankBatch.objects.filter(run=run).aggregate(n=Max("number"))["n"] or 0
        entries = [(slip, _record(run, slip, accounts[slip.worker_id])) for slip in slips]
        must_fit(layout, [entry for _slip, entry in entries], "holder")
        size = layout.max_rows or len(entries)
        pieces = [entries[at : at + size] for at in range(0, len(entries), size)]
        batches = [
            _batch(Part(run, after + part, part, len(pieces), layout_row, layout), piece, by)
            for part, piece in enumerate(pieces, 1)
        ]
    return batches[0]


def parts_of(batch: BankBatch) -> QuerySet[BankBatch]:
    """Return the batches made together with one, itself included."""
    first = batch.number - batch.part + 1
    return BankBatch.objects.filter(run=batch.run_id, number__gte=first, number__lt=first + batch.parts).order_by(
        "number"
    )


@dataclass(frozen=True)
class Part:
    """One file of a payout: the `part`-th of `parts`."""

    run: PayrollRun
    number: int
    part: int
    parts: int
    row: FileLayout
    layout: Layout


def _batch(part: Part, entries: list[tuple[Payslip, Record]], by: StaffMember) -> BankBatch:
    for serial, (_slip, entry) in enumerate(entries, 1):
        entry["serial"] = serial
    made = _file(part, [entry for _slip, entry in entries], by)
    batch = BankBatch.objects.create(
        run=part.run, number=part.number, part=part.part, parts=part.parts, layout=part.row, file=made,
        count=made.rows, total_fen=made.total_fen, maker=by,
    )  # fmt: skip
    BankLine.objects.bulk_create([_line(batch, slip, entry) for slip, entry in entries])
    record("payroll.batch.made", subject=batch, actor=by, count=batch.count, total_fen=batch.total_fen)
    return batch


def amount_in_words(fen: int) -> str:
    """Write an amount as file names have it: 1234.05 → 1234元0角5分."""
    return f"{fen // 100}元{fen // 10 % 10}角{fen % 10}分"


def _accounts(slips: list[Payslip], day: dt.date) -> dict[int, BankAccount]:
    rows = BankAccount.objects.valid_on(day).filter(worker__in=[slip.worker_id for slip in slips])
    return {account.worker_id: account for account in rows}


def _wrong_accounts(slips: list[Payslip], accounts: dict[int, BankAccount]) -> Iterator[Reason]:
    numbers = Counter(account.number for account in accounts.values())
    for slip in slips:
        account = accounts.get(slip.worker_id)
        if account is None:
            yield reason(_("%(name)s has no bank account. Enter one on the worker's page."), name=slip.name)
        elif not ACCOUNT.fullmatch(account.number):
            yield reason(_("%(name)s: an account number has 8 to 32 digits and nothing else."), name=slip.name)
        elif account.holder != slip.name:
            words = _("%(name)s: the account belongs to %(holder)s. Wages go to the worker's own account.")
            yield reason(words, name=slip.name, holder=account.holder)
        elif numbers[account.number] > 1:
            yield reason(_("%(name)s: somebody else in this run has the same account number."), name=slip.name)


def _record(run: PayrollRun, slip: Payslip, account: BankAccount) -> Record:
    return {
        "serial": 0,
        "account": account.number,
        "holder": account.holder,
        "bank": account.bank,
        "amount_fen": slip.net_fen,
        "purpose": f"工资{run.month.year}年{run.month.month}月",
        "agency": run.agency.name,
        "client": run.client.short_name,
        "pay_date_plain": f"{run.pay_date:%Y%m%d}",
        "employee_no": slip.employee_no,
    }


def _file(part: Part, records: list[Record], by: StaffMember) -> MadeFile:
    run, layout = part.run, part.layout
    total = sum(entry["amount_fen"] for entry in records)
    summary = about(run.month) | {
        "agency": run.agency.name, "client": run.client.short_name, "batch": part.number, "count": len(records),
        "total_fen": total, "total_words": amount_in_words(total), "pay_date_plain": f"{run.pay_date:%Y%m%d}",
    }  # fmt: skip
    return keep(
        lambda target: write(layout, in_order(layout, records), summary, target),
        kind=BATCH, name=_name(part, file_name(layout, summary)), period=run.period, client=run.client, run=run,
        total_fen=total, by=by, remarks=remarks_of([part.row]),
    )  # fmt: skip


def _name(part: Part, name: str) -> str:
    """Tell files of one payout apart: 代发.csv → 代发-第2份共3份.csv."""
    if part.parts == 1:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem or ending}-第{part.part}份共{part.parts}份{dot}{ending if stem else ''}"


def _line(batch: BankBatch, slip: Payslip, entry: Record) -> BankLine:
    return BankLine(
        batch=batch, run_id=batch.run_id, worker_id=slip.worker_id, serial=entry["serial"], bank=entry["bank"],
        holder=entry["holder"], account=entry["account"], amount_fen=entry["amount_fen"],
    )  # fmt: skip
