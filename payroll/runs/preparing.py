"""Open a run, and take an imported figure back into the preparer's hands."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from agency.calendar import calendar_for
from agency.periods import Period
from clients.models import ClientEnterprise
from payroll.models import PayrollInput, PayrollRun
from payroll.policies.installing import ensure_policies
from payroll.refusals import Refused

from .moving import move

REGULAR = PayrollRun.Kind.REGULAR


def open_run(
    client: ClientEnterprise,
    period: Period,
    by: Any,
    *,
    pay_date: dt.date | None = None,
    kind: str = REGULAR,
) -> PayrollRun:
    """Open the run of a client and month, or return the one there is; two clicks make one run.

    `pay_date` defaults to the client's pay day in the following month, or the workday before it.
    """
    ensure_policies()
    key = {"client": client, "period": str(period), "kind": kind}
    found = PayrollRun.objects.filter(**key).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            run = PayrollRun.objects.create(**key, pay_date=pay_date or usual_pay_date(client, period), preparer=by)
            record("payroll.run.opened", subject=run, actor=by)
    except IntegrityError:
        return PayrollRun.objects.get(**key)
    return run


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
        PayrollRun.objects.filter(pk=run.pk).update(imported_by=by, changed_at=timezone.now())
        record("payroll.input.changed", subject=run, actor=by, worker=worker_id)
    return row
