"""What a run's items are given: columns of the attendance sheet, amounts agreed with workers, advances due."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from agency.money import Column
from payroll.calculation.items import INPUTS, Source
from payroll.calculation.scheme_rules import SchemeRules
from payroll.models import WorkerItemAmount

from .advances import due_of


def given_columns(
    run: Any, rules: SchemeRules, workers: Sequence[int], inputs: Mapping[int, Mapping[str, int]]
) -> dict[str, Column]:
    """Return each given item's column by its key, in the order of `workers`; `inputs` are the sheet's, by worker."""
    sources = {item.source for item in rules.items}
    agreed = _agreed(run) if Source.PER_WORKER in sources else {}
    due = due_of(run) if Source.ADVANCE in sources else {}
    columns = {}
    for item in rules.items:
        if item.source in INPUTS:
            values = [inputs.get(worker, {}).get(item.key, 0) for worker in workers]
        elif item.source == Source.PER_WORKER:
            values = [agreed.get((worker, item.key), 0) for worker in workers]
        elif item.source == Source.ADVANCE:
            values = [due.get(worker, 0) for worker in workers]
        else:
            continue
        columns[item.key] = np.array(values, dtype=np.int64)
    return columns


def _agreed(run: Any) -> dict[tuple[int, str], int]:
    """Of two amounts in one month the later one holds."""
    rows = WorkerItemAmount.objects.valid_in(run.month).filter(client=run.client_id).order_by("valid_from")
    return {(worker, key): fen for worker, key, fen in rows.values_list("worker_id", "item_key", "amount_fen")}
