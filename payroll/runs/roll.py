"""Who is in a run: the workers placed at the client in the month, each once, with what their placement says."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from payroll.models import PayrollRun
from workers.models import BankAccount, Placement

FIELDS = (
    "worker_id", "worker__name", "worker__name_pinyin", "worker__employee_no", "worker__joined_on",
    "site__name", "post__name", "base_wage_fen", "valid_from", "valid_to",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One worker of a run; `begins`/`ends` span the placements of the month here, `ends` exclusive or None."""

    worker_id: int
    name: str
    name_pinyin: str
    employee_no: str
    joined_on: dt.date | None
    place: str
    wage_fen: int
    begins: dt.date
    ends: dt.date | None
    moved: bool = False
    namesakes: bool = False
    elsewhere: bool = False
    is_new: bool = False
    is_leaving: bool = False


def placements_of(run: PayrollRun) -> QuerySet:
    """Return the placements at the run's client that touch its month."""
    return Placement.objects.valid_in(run.month).filter(client=run.client_id)


def members_of(run: PayrollRun) -> list[Member]:
    """Return the workers of a run by name, in two queries.

    Of several placements in the month the last one gives wage and place. Who goes on to another client within the
    month is insured with that one: a month is contributed for once.
    """
    found: dict[int, Member] = {}
    for row in placements_of(run).order_by("worker_id", "valid_from").values_list(*FIELDS):
        member = _member(*row)
        earlier = found.get(member.worker_id)
        if earlier is not None:
            moved = (earlier.wage_fen, earlier.place) != (member.wage_fen, member.place)
            member = replace(member, begins=earlier.begins, moved=earlier.moved or moved)
        found[member.worker_id] = member
    for worker_id, begins in _begun_elsewhere(run):
        if (here := found.get(worker_id)) and begins > here.begins:
            found[worker_id] = replace(here, elsewhere=True)
    names = Counter(member.name for member in found.values())
    first, end = run.month.first_day, run.month.end
    return [
        replace(
            member,
            namesakes=names[member.name] > 1,
            is_new=member.begins >= first,
            is_leaving=member.ends is not None and member.ends <= end,
        )
        for member in sorted(found.values(), key=lambda member: (member.name_pinyin, member.worker_id))
    ]


def with_account(run: PayrollRun) -> set[int]:
    """Return the workers of a run whose wages have somewhere to go on the day of payment."""
    workers = placements_of(run).values("worker")
    accounts = BankAccount.objects.valid_on(run.pay_date).filter(worker__in=workers)
    return set(accounts.values_list("worker_id", flat=True))


def _member(worker_id, name, pinyin, number, joined_on, site, post, wage_fen, begins, ends) -> Member:
    place = "·".join(part for part in (site, post) if part)
    return Member(worker_id, name, pinyin, number, joined_on, place, wage_fen, begins, ends)


def _begun_elsewhere(run: PayrollRun) -> QuerySet:
    others = Placement.objects.valid_in(run.month).exclude(client=run.client_id)
    return others.filter(worker__in=placements_of(run).values("worker")).values_list("worker_id", "valid_from")
