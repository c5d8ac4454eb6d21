"""What the checks of a run ask of the roster and of the months before: a query each, whatever the number of workers."""

from collections import defaultdict
from dataclasses import dataclass

from payroll.models import PayrollRun, Payslip
from workers.models import BankAccount, LabourContract, Worker

from .limits import change_percent
from .roll import placements_of

MONTHS = 3


@dataclass(frozen=True)
class Facts:
    """Workers of a run by what is known of them; mean net wages in fen of up to three months before."""

    with_account: set[int]
    with_contract: set[int]
    without_identity: set[int]
    sharing_account: set[int]
    mean_net: dict[int, int]
    change_percent: int


def facts_of(run: PayrollRun) -> Facts:
    """Read the facts of a run."""
    workers = placements_of(run).values("worker")
    accounts = BankAccount.objects.valid_on(run.pay_date)
    contracts = LabourContract.objects.valid_in(run.month).filter(worker__in=workers)
    numbers = dict(accounts.filter(worker__in=workers).values_list("worker_id", "number_index"))
    return Facts(
        with_account=set(numbers),
        with_contract=set(contracts.values_list("worker_id", flat=True)),
        without_identity=set(Worker.objects.filter(pk__in=workers, identity_index="").values_list("pk", flat=True)),
        sharing_account=_sharing(numbers),
        mean_net=_mean_net(run),
        change_percent=change_percent(run.client_id, run.month),
    )


def _sharing(numbers: dict[int, str]) -> set[int]:
    """Return the workers whose account another worker of the agency has too: wages go to the worker alone."""
    holders = BankAccount.objects.filter(number_index__in=set(numbers.values())).values_list(
        "number_index", "worker_id"
    )
    by_number: defaultdict[str, set[int]] = defaultdict(set)
    for number, worker in holders:
        by_number[number].add(worker)
    return {worker for worker, number in numbers.items() if len(by_number[number]) > 1}


def _mean_net(run: PayrollRun) -> dict[int, int]:
    periods = [str(run.month - months) for months in range(1, MONTHS + 1)]
    rows = Payslip.objects.final().filter(
        run__client=run.client_id, run__period__in=periods, run__kind=PayrollRun.Kind.REGULAR, errors=0
    )
    nets: defaultdict[int, list[int]] = defaultdict(list)
    for worker, net in rows.values_list("worker_id", "net_fen"):
        nets[worker].append(net)
    return {worker: sum(paid) // len(paid) for worker, paid in nets.items()}
