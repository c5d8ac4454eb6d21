"""What the checks of a run ask of the roster and of the months before: a query each, whatever the number of workers."""

from dataclasses import dataclass

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet

from agency.columnar import Columns, KeySet, matched, read_columns
from agency.money import Column
from payroll.models import PayrollRun, Payslip
from workers.models import BankAccount, LabourContract, Worker

from .limits import change_percent

MONTHS_OF_MEAN = 3


@dataclass(frozen=True)
class Facts:
    """What is known of a run's workers, in its order; mean net wages in fen of three months before."""

    with_account: np.ndarray
    with_contract: np.ndarray
    without_identity: np.ndarray
    sharing_account: np.ndarray
    mean_net_fen: Column
    has_mean: np.ndarray
    change_percent: int


def facts_of(run: PayrollRun, keys: Column) -> Facts:
    """Read the facts of a run for the workers with these keys, which are in order."""
    workers = KeySet(keys.tolist())
    accounts = BankAccount.objects.valid_on(run.pay_date).filter(workers.names("worker"))
    contracts = LabourContract.objects.valid_in(run.month).filter(workers.names("worker"))
    mean, has_mean = _mean_net(run, keys)
    return Facts(
        with_account=among(keys, accounts),
        with_contract=among(keys, contracts),
        without_identity=among(keys, Worker.objects.filter(workers.names("pk"), identity_index=""), "pk"),
        sharing_account=among(keys, _sharing(accounts)),
        mean_net_fen=mean,
        has_mean=has_mean,
        change_percent=change_percent(run.client_id, run.month),
    )


def among(keys: Column, rows: QuerySet, name: str = "worker_id") -> np.ndarray:
    """Return which of the workers some rows name."""
    return matched(keys, read_columns(rows.order_by(), key=name)["key"])[1]


def _sharing(accounts: QuerySet) -> QuerySet:
    """Keep the accounts that another worker of the agency has too: wages go to the worker alone."""
    same = BankAccount.objects.filter(number_index=OuterRef("number_index")).exclude(worker=OuterRef("worker"))
    return accounts.filter(Exists(same))


def net_before(run: PayrollRun, kind: str, months: int) -> Columns:
    """Return `worker_id` and `net_fen` of the client's final payslips of one kind in the months before a run's.

    The runs are read apart: joined to them, PostgreSQL scans every payslip of an agency that has so many new ones that
    its statistics do not know them yet.
    """
    periods = [str(run.month - ago) for ago in range(1, months + 1)]
    runs = PayrollRun.objects.final().filter(client=run.client_id, period__in=periods, kind=kind)
    slips = Payslip.objects.filter(run__in=list(runs.values_list("pk", flat=True)), errors=0)
    return read_columns(slips, worker_id="worker_id", net_fen="net_fen")


def _mean_net(run: PayrollRun, keys: Column) -> tuple[Column, np.ndarray]:
    paid = net_before(run, PayrollRun.Kind.REGULAR, MONTHS_OF_MEAN)
    rows, found = matched(paid["worker_id"], keys)
    total, count = np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
    np.add.at(total, rows[found], paid["net_fen"][found])
    np.add.at(count, rows[found], 1)
    return total // np.maximum(count, 1), count > 0
