import datetime as dt
import uuid

import pytest
import time_machine

from agency.models import StaffMember, StaffRole
from agency.periods import Period
from clients.models import Assignment, ClientContact, ClientEnterprise, Post, Site
from servicedesk.models import CommunicationLog, Confirmation, LogPerson, MonthPlan, Task
from servicedesk.scoring.computing import compute_sheet
from servicedesk.workflow.plans import generate_plans
from tests.cast import START
from workers.models import Placement, Worker

NOVEMBER, OCTOBER = Period(2026, 11), Period(2026, 10)
NOW = dt.datetime(2026, 11, 23, 7, 0, tzinfo=dt.UTC)
NAMES = "郑许唐林沈蒋韩罗周吴"
GIVEN = "凯志强书瑶晓芸一诺雨桐松思琪"


@pytest.fixture(autouse=True)
def on_the_23rd_of_november():
    with time_machine.travel(NOW, tick=False):
        yield


def build_team(people: int, clients_each: int, workers_each: int, start: int = 0) -> list[StaffMember]:
    """Make specialists with clients, workers, plans, talks and tasks done to differing degrees; no randomness."""
    team = []
    for number in range(start, start + people):
        staff = StaffMember(
            name=f"{NAMES[number % 10]}{GIVEN[number % 14]}{GIVEN[(number * 5 + number // 10) % 14]}",
            phone=f"1381000{number:04d}",
            email=f"p{number}@team.example",
            joined_on=START,
        )
        staff.set_unusable_password()
        staff.save()
        StaffRole.objects.create(staff=staff, role="specialist")
        team.append(staff)
        for place in range(clients_each):
            _client(staff, number * clients_each + place, workers_each)
    for period in (OCTOBER, NOVEMBER):
        generate_plans(period)
    for place, staff in enumerate(team):
        _work(staff, OCTOBER, diligence=100 - place * 47 % 17)
        _work(staff, NOVEMBER, diligence=99 - place * 31 % 12)
    return team


def _client(staff: StaffMember, number: int, workers: int) -> None:
    client = ClientEnterprise.objects.create(
        name=f"测试客户{number}有限公司", short_name=f"{'恒澄云南北'[number % 5]}企{number}",
        credit_code=f"C{number:017d}", city="苏州", colour=number % 5 + 1, started_on=START,
    )  # fmt: skip
    Assignment.objects.create(client=client, staff=staff, valid_from=START)
    site, post = Site.objects.create(client=client, name="车间"), Post.objects.create(client=client, name="操作工")
    for place in range(2):
        ClientContact.objects.create(client=client, site=site, name=f"主管{place}")
    made = Worker.objects.bulk_create(
        Worker(
            name=f"员工{number}{place}", employee_no=f"{number:03d}{place:03d}", birth_date=START, sex="M",
            identity_number=f"N{number:06d}{place:06d}", phone="",
        )
        for place in range(workers)
    )  # fmt: skip
    Placement.objects.bulk_create(
        Placement(worker=worker, client=client, site=site, post=post, valid_from=START) for worker in made
    )


def _work(staff: StaffMember, period: Period, diligence: int) -> None:
    """Do `diligence` per cent of what was due by now, and talk with as large a part of the workers."""
    today = min(NOW.date(), period.last_day)
    MonthPlan.objects.of_period(period).filter(staff=staff).update(
        state="submitted", submitted_at=dt.datetime.combine(period.first_day, dt.time(1), dt.UTC)
    )
    due = list(Task.objects.of_period(period).filter(staff=staff, due_on__lte=today, step__isnull=False))
    for place, task in enumerate(due):
        if place * 37 % 100 < diligence:
            done = dt.datetime.combine(task.due_on, dt.time(3), dt.UTC)
            Task.objects.filter(pk=task.pk).update(state=Task.State.DONE, done_at=done)
    placements = list(Placement.objects.filter(client__assignments__staff=staff).order_by("pk"))
    share = diligence if period == OCTOBER else diligence * 2 // 3
    logs, people = [], []
    for place, placement in enumerate(placements):
        if place * 53 % 100 >= share:
            continue
        day = period.first_day + dt.timedelta(days=place * 7 % today.day)
        log = CommunicationLog(
            uuid=uuid.uuid5(uuid.NAMESPACE_OID, f"{staff.pk}{period}{place}"),
            staff=staff,
            client_id=placement.client_id,
            channel="face",
            place="workshop",
            started_at=dt.datetime.combine(day, dt.time(6), dt.UTC),
            day=day,
            minutes=25 + place * 11 % 60 * diligence // 90,
            said="问了夜班",
            is_late=place % 17 == 0,
        )
        logs.append(log)
        people.append((log, placement.worker_id))
    CommunicationLog.objects.bulk_create(logs)
    first = {log.client_id: log for log in reversed(logs)}
    contacts = ClientContact.objects.filter(client__in=first).order_by("pk")[: len(first) * diligence // 60]
    LogPerson.objects.bulk_create(LogPerson(log=first[met.client_id], contact=met) for met in contacts)
    rows = LogPerson.objects.bulk_create(LogPerson(log=log, worker_id=worker) for log, worker in people)
    Confirmation.objects.bulk_create(
        Confirmation(
            log=row.log, person=row, answer="yes" if place % 5 else None, answered_at=NOW if place % 5 else None,
            rating=3 - place % 7 // 5 if place % 5 else None,
        )
        for place, row in enumerate(rows)
    )  # fmt: skip


@pytest.fixture
def team(ours):
    """Our agency with eight specialists of three clients each, October scored."""
    build_team(8, 3, 12)
    for staff in StaffMember.objects.holding("specialist"):
        compute_sheet(staff, OCTOBER)
    return ours
