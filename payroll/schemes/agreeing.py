"""Agree with a worker on the amount of an item from a month on, or that it ends."""

from typing import Any

from django.db import transaction

from agency.audit import record
from agency.periods import Period
from clients.models import ClientEnterprise
from payroll.models import WorkerItemAmount
from workers.models import Worker

from .stale import outdate_open_runs


def agree(
    client: ClientEnterprise, worker: Worker, key: str, amount_fen: int, since: Period, by: Any
) -> WorkerItemAmount:
    """Let an amount (fen) hold from a month on; what held before ends, what began later goes."""
    start = since.first_day
    with transaction.atomic():
        ClientEnterprise.objects.select_for_update(of=("self",)).get(pk=client.pk)
        rows = WorkerItemAmount.objects.filter(client=client, worker=worker, item_key=key)
        rows.filter(valid_from__gte=start).delete()
        rows.valid_on(start).update(valid_to=start)
        row = WorkerItemAmount.objects.create(
            client=client, worker=worker, item_key=key, amount_fen=amount_fen, valid_from=start
        )
        outdate_open_runs(client.pk, since)
        record("payroll.item_amount.agreed", subject=row, actor=by, item=key, amount_fen=amount_fen)
    return row


def end(row: WorkerItemAmount, since: Period, by: Any) -> None:
    """Let an amount hold no more from a month on; one that had not begun by then goes altogether."""
    start = since.first_day
    with transaction.atomic():
        ClientEnterprise.objects.select_for_update(of=("self",)).get(pk=row.client_id)
        rows = WorkerItemAmount.objects.filter(client=row.client_id, worker=row.worker_id, item_key=row.item_key)
        record("payroll.item_amount.ended", subject=row, actor=by, item=row.item_key, since=str(since))
        rows.filter(valid_from__gte=start).delete()
        rows.valid_on(start).update(valid_to=start)
        outdate_open_runs(row.client_id, since)
