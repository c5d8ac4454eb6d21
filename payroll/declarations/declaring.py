"""Take down what a worker declares, and end it; refuse only what the law does not know (61号 art. 13–16)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from agency.periods import Period
from payroll.calculation.additional import AdditionalRule, Claim, Takes, problems
from payroll.calculation.declared_kinds import ADDITIONAL, RELIEF
from payroll.models import PayrollRun, TaxDeclaration
from payroll.policies.books import TaxBook
from payroll.policies.choosing import tax_on
from payroll.policies.installing import ensure_policies
from workers.models import Worker

from .words import sentence


@dataclass(frozen=True)
class Declared:
    """What a worker declares, as on `TaxDeclaration`, for whole months from `since` to `until` (None: open)."""

    kind: str
    since: Period
    until: Period | None = None
    amount_fen: int = 0
    count: int = 1
    share: int = 100
    shared: bool = False
    months_before: int = 0
    base_fen: int = 0
    note: str = ""


def declare(worker: Worker, given: Declared, by: Any) -> TaxDeclaration:
    """Write a declaration down. Raises `ValidationError` naming the field, for what cannot be."""
    with transaction.atomic():
        Worker.objects.select_for_update(of=("self",)).get(pk=worker.pk)
        rows = list(TaxDeclaration.objects.standing().filter(worker=worker))
        row = checked(worker.pk, given, rows, book_on(given.since))
        row.save()
        outdate({worker.pk})
        record("payroll.declaration.written", subject=row, actor=by, kind=given.kind, since=str(given.since))
    return row


def checked(worker_id: int, given: Declared, others: Iterable[TaxDeclaration], book: TaxBook) -> TaxDeclaration:
    """Return the unsaved row of a declaration that can be, beside what stands already. Raises `ValidationError`."""
    given = _completed(given, book)
    if given.until is not None and given.until < given.since:
        raise ValidationError({"until": _("The last month lies before the first one.")})
    row = TaxDeclaration(
        worker_id=worker_id, kind=given.kind, valid_from=given.since.first_day,
        valid_to=given.until.end if given.until else None, amount_fen=given.amount_fen, count=given.count,
        share=given.share, shared=given.shared, months_before=given.months_before, base_fen=given.base_fen,
        note=given.note,
    )  # fmt: skip
    if given.kind in ADDITIONAL:
        _must_be_allowed(row, others, book.additional_deductions(given.since.first_day))
    else:
        _must_stand_alone(row, others)
    return row


def end(row: TaxDeclaration, last: Period, by: Any) -> TaxDeclaration:
    """Let a declaration hold until a month. Raises `ValidationError` when it begins later or ended before."""
    if last.end <= row.valid_from:
        raise ValidationError({"until": _("It begins only later. Withdraw it if it is wrong.")})
    if row.valid_to is not None and row.valid_to < last.end:
        raise ValidationError({"until": _("It already ended before that month.")})
    row.valid_to = last.end
    row.save(update_fields=["valid_to"])
    outdate({row.worker_id})
    record("payroll.declaration.ended", subject=row, actor=by, kind=row.kind, last=str(last))
    return row


def withdraw(row: TaxDeclaration, by: Any) -> TaxDeclaration:
    """Take a wrong declaration back: the next payslip counts without it, for the whole year."""
    if row.withdrawn_at is None:
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        outdate({row.worker_id})
        record("payroll.declaration.withdrawn", subject=row, actor=by, kind=row.kind)
    return row


def outdate(workers: Collection[int]) -> None:
    """Let the open runs these workers are in ask for another computation."""
    rows = PayrollRun.objects.open().filter(computed_at__isnull=False, payslips__worker__in=workers)
    PayrollRun.objects.filter(pk__in=rows.values("pk")).update(changed_at=timezone.now())


def in_year(row: TaxDeclaration, year: int) -> Claim | None:
    """Return a declaration's months of one year as a claim; None when it has none."""
    first = max(row.valid_from, Period(year, 1).first_day)
    last = row.last_day
    if last is None or last.year > year:
        last = Period(year, 12).last_day
    if first > last:
        return None
    before = row.months_before + max((year - row.valid_from.year) * 12 - row.valid_from.month + 1, 0)
    return Claim(row.kind, row.amount_fen, row.count, row.share, row.shared, first.month, last.month, before)


def book_on(month: Period) -> TaxBook:
    """Return the tax rules that hold in a month."""
    ensure_policies()
    return tax_on(month.last_day)[1]


def _completed(given: Declared, book: TaxBook) -> Declared:
    """Fill in the only amount a kind has, and the month in which its time is up."""
    rule = book.additional_deductions(given.since.first_day).get(given.kind)
    if rule is None:
        return given
    if not given.amount_fen and len(rule.amounts_fen) == 1 and not given.shared:
        given = replace(given, amount_fen=rule.amounts_fen[0])
    if rule.takes == Takes.ONCE:
        given = replace(given, until=given.since)
    elif rule.months_limit is not None and given.until is None and given.months_before < rule.months_limit:
        given = replace(given, until=given.since + (rule.months_limit - given.months_before - 1))
    return given


def _must_be_allowed(row: TaxDeclaration, others: Iterable[TaxDeclaration], rules: dict[str, AdditionalRule]) -> None:
    rows = [*others, row]
    for year in sorted({other.valid_from.year for other in rows if other.valid_from >= row.valid_from}):
        if in_year(row, year) is None:
            continue
        claims = [claim for other in rows if other.kind in ADDITIONAL and (claim := in_year(other, year))]
        stood = problems(claims[:-1], rules)
        if found := [each for each in problems(claims, rules) if each not in stood]:
            field, words = sentence(found[0][1], row.kind, rules.get(row.kind))
            raise ValidationError({field: words})


def _must_stand_alone(row: TaxDeclaration, others: Iterable[TaxDeclaration]) -> None:
    if not row.amount_fen:
        raise ValidationError({"amount_fen": _("Fill in the amount.")})
    if row.kind == "annuity" and not row.base_fen:
        raise ValidationError({"base_fen": _("An annuity counts up to 4% of its base. Fill in the base.")})
    if row.kind != RELIEF and row.share != 100:
        raise ValidationError({"share": _("This is not shared.")})
    for other in others:
        ends_before = row.valid_to is not None and row.valid_to <= other.valid_from
        starts_after = other.valid_to is not None and other.valid_to <= row.valid_from
        if other.kind == row.kind and not ends_before and not starts_after:
            raise ValidationError({"since": _("This is declared for these months already. End the other one first.")})
