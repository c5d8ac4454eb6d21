"""Open a run, and take an imported figure back into the preparer's hands."""

import datetime as dt
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from agency.calendar import calendar_for
from agency.periods import Period
from clients.models import ClientEnterprise
from payroll.models import PayrollInput, PayrollRun
from payroll.policies.installing import ensure_policies
from payroll.refusals import Refused

from .models import SEVERAL
from .moving import move
from .states import State

Kind = PayrollRun.Kind


def open_run(
    client: ClientEnterprise,
    period: Period,
    by: Any,
    *,
    pay_date: dt.date | None = None,
    kind: str = Kind.REGULAR,
    corrects: PayrollRun | None = None,
    average_wage_fen: int | None = None,
) -> PayrollRun:
    """Open a run of a client and month, or return the one there is; clicks at once make one run.

    Of supplementary, severance and correction runs a month may have several: one that is still empty is returned
    before another is opened. `pay_date` defaults to the client's pay day in the following month, or the workday
    before it. Raises `Refused` for a correction of what is not approved, or of another client or month,
    and for a severance without the average wage.
    """
    ensure_policies()
    if kind == Kind.SEVERANCE and not average_wage_fen:
        raise Refused(_("A severance needs last year's local average wage: three times of it are free of tax."))
    _must_correct_something(kind, corrects, client, period)
    with transaction.atomic():
        _one_opening_at_a_time(client, period, kind)
        same = PayrollRun.objects.filter(client=client, period=str(period), kind=kind)
        found = (
            same.filter(corrects=corrects, state=State.COLLECTING, inputs=None) if kind in SEVERAL else same
        ).first()
        if found is not None:
            return found
        run = PayrollRun.objects.create(
            client=client,
            period=str(period),
            kind=kind,
            sequence=(same.aggregate(last=Max("sequence"))["last"] or 0) + 1,
            corrects=corrects,
            average_wage_fen=average_wage_fen,
            pay_date=pay_date or usual_pay_date(client, period),
            preparer=by,
        )
        record("payroll.run.opened", subject=run, actor=by, kind=kind, sequence=run.sequence)
    return run


def _must_correct_something(kind: str, corrects: PayrollRun | None, client: ClientEnterprise, period: Period) -> None:
    if (kind == Kind.CORRECTION) != (corrects is not None):
        raise Refused(_("A correction names the run it corrects, and only a correction does."))
    if corrects is not None and (corrects.client_id, corrects.period) != (client.pk, str(period)):
        raise Refused(_("A correction belongs to the client and month of the run it corrects."))
    if corrects is not None and not corrects.is_final:
        raise Refused(_("This run is not approved yet: have it returned and correct it there."))


def _one_opening_at_a_time(client: ClientEnterprise, period: Period, kind: str) -> None:
    with connection.cursor() as cursor:
        key = f"payroll.open:{client.pk}:{period}:{kind}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def usual_pay_date(client: ClientEnterprise, period: Period) -> dt.date:
    """Return the agreed pay day in the month after the one worked; on a day off, the workday before (Wage Payment 7).

    A pay day of 31 means the last day of the month.
    """
    paid_in = period.next()
    agreed = paid_in.first_day.replace(day=min(client.pay_day, paid_in.days))
    workday = calendar_for().on_or_before(agreed)
    return workday if workday in paid_in else agreed


def reopen(run: PayrollRun, by: Any) -> PayrollRun:
    """Go back to collecting: the figures stay until they are computed again."""
    with transaction.atomic():
        run = move(run, "reopen")
        record("payroll.run.reopened", subject=run, actor=by)
    return run


def change_input(run: PayrollRun, worker_id: int, values: dict[str, Any], by: Any) -> PayrollInput:
    """Write one worker's attendance by hand. Raises `Refused` when the run was handed in.

    The payslip follows with the next computation.
    """
    with transaction.atomic():
        run = PayrollRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if not run.is_open:
            raise Refused(_("This run was handed in. Have it returned before changing figures."))
        row, _created = PayrollInput.objects.update_or_create(run=run, worker_id=worker_id, defaults=values)
        touch(run, imported_by=by)
        record("payroll.input.changed", subject=run, actor=by, worker=worker_id)
    return row


def touch(run: PayrollRun, **values: Any) -> None:
    """Write down that a locked open run's figures have changed: what was checked must be computed again."""
    if run.state == State.CHECKED:
        move(run, "uncheck")
    PayrollRun.objects.filter(pk=run.pk).update(changed_at=timezone.now(), **values)
    run.refresh_from_db()
