"""What workers owe of months without pay: advanced by one run, held back by later ones."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from django.db.models import Exists, F, OuterRef, QuerySet, Sum

from agency.columnar import Columns, KeySet
from payroll.models import WorkerDebt, WriteOff
from payroll.runs.states import FINAL


def owed_before(run: Any, workers: KeySet) -> Columns:
    """Return whose wages are held back in a run, and how much, in fen; `workers` are their keys."""
    rows = WorkerDebt.objects.filter(workers.names("worker"), run__state__in=FINAL, by_hand=False).exclude(run=run)
    sums = rows.values("worker").annotate(owed_fen=Sum("amount_fen")).filter(owed_fen__gt=0)
    found = list(sums.values_list("worker", "owed_fen"))
    keys, owed = zip(*found, strict=True) if found else ((), ())
    return {"worker_id": np.array(keys, dtype=np.int64), "owed_fen": np.array(owed, dtype=np.int64)}


def keep_debts(run: Any, amounts: Mapping[int, int], by_hand: bool) -> None:
    """Write what a run advances (above 0) and holds back (below 0) by worker; replaces what it wrote before.

    `by_hand` marks what is advanced as settled outside the payroll.
    """
    WorkerDebt.objects.filter(run=run).delete()
    WorkerDebt.objects.bulk_create([
        WorkerDebt(run=run, worker_id=worker, amount_fen=fen, by_hand=by_hand and fen > 0)
        for worker, fen in amounts.items()
        if fen
    ])  # fmt: skip


def still_owed(client: Any) -> QuerySet:
    """Return the workers who owe something by approved runs, with a client's part of it as `owed_fen`.

    What was given up is owed no more.
    """
    given_up = WriteOff.objects.filter(debt=OuterRef("pk"), state=WriteOff.State.APPROVED)
    rows = WorkerDebt.objects.filter(~Exists(given_up), run__client=client, run__state__in=FINAL)
    sums = rows.values("worker_id", name=F("worker__name"), number=F("worker__employee_no"))
    return sums.annotate(owed_fen=Sum("amount_fen")).filter(owed_fen__gt=0).order_by("-owed_fen", "worker_id")
