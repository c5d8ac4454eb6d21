"""Fill an agency with many workers at 40 clients, one in five of them gone, and put a smaller agency beside it."""

import datetime as dt
import random
from collections.abc import Iterator

from agency.models import Agency, StaffMember, StaffRole
from agency.permissions import Role
from agency.tenancy.context import tenant
from benchmarks._database import vacuum
from clients.models import Assignment, ClientEnterprise, Post, Site
from workers.models import LabourContract, Placement, Worker

CLIENTS, BATCH = 40, 5_000
FIRST_DAY = dt.date(2021, 1, 1)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志海波永鑫晓云飞春生文斌"


def identity_number(serial: int) -> str:
    """Return a number with a right check character, each serial another one."""
    born = dt.date(1970, 1, 1) + dt.timedelta(days=serial % 12_000)
    body = f"320500{born:%Y%m%d}{serial // 12_000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


def fill(slug: str, workers: int, seed: int = 20261123) -> Agency:
    """Make an agency with a manager, a specialist of the first client, and so many workers."""
    dice = random.Random(seed)
    agency = Agency.objects.create(name=f"{slug}人力资源有限公司", short_name=slug, slug=slug)
    with tenant(agency):
        people = {role: _staff(slug, role) for role in (Role.MANAGER, Role.SPECIALIST)}
        places = [new_client(slug, number) for number in range(CLIENTS)]
        Assignment.objects.create(client=places[0][0], staff=people[Role.SPECIALIST], valid_from=FIRST_DAY)
    for first in range(0, workers, BATCH):
        with tenant(agency):
            _workers(range(first, min(first + BATCH, workers)), places, dice)
    return agency


def refresh_statistics() -> None:
    """Do what autovacuum does on a server that has been up for a while."""
    vacuum(("workers_worker", "workers_placement", "workers_labourcontract"))


def _staff(slug: str, role: Role) -> StaffMember:
    number = sum(map(ord, slug)) % 1000
    staff = StaffMember.objects.create(name="林晓", phone=f"139{number:04d}{list(Role).index(role):04d}")
    StaffRole.objects.create(staff=staff, role=role)
    return staff


def new_client(slug: str, number: int) -> tuple[ClientEnterprise, list[Site], Post]:
    client = ClientEnterprise.objects.create(
        name=f"第{number}电子有限公司", short_name=f"电子{number}", credit_code=f"{slug[:4].upper()}{number:014d}"
    )
    sites = [Site.objects.create(client=client, name=name) for name in ("一厂", "二厂")]
    return client, sites, Post.objects.create(client=client, name="操作工")


def _workers(serials: range, places: list, dice: random.Random) -> None:
    rows = []
    for serial in serials:
        number = identity_number(serial)
        rows.append(
            Worker(
                name=dice.choice(SURNAMES) + "".join(dice.choices(GIVEN, k=dice.choice((1, 2, 2)))),
                employee_no=f"{serial:06d}",
                identity_number=number,
                birth_date=dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14])),
                sex="M" if int(number[16]) % 2 else "F",
                phone=f"138{serial * 7919 % 100_000_000:08d}",
            )
        )
    Worker.objects.bulk_create(rows)
    histories = list(_histories(rows, places, dice))
    LabourContract.objects.bulk_create([contract for contract, _placements in histories])
    Placement.objects.bulk_create([placement for _contract, placements in histories for placement in placements])


def _histories(rows: list[Worker], places: list, dice: random.Random) -> Iterator[tuple]:
    """Yield each worker's contract and one or two placements; two in five changed the client once."""
    for worker in rows:
        start = FIRST_DAY + dt.timedelta(days=dice.randrange(2_000))
        end = start + dt.timedelta(days=dice.randrange(60, 140)) if dice.random() < 0.2 else None
        moves = [start, start + dt.timedelta(days=45)] if dice.random() < 0.4 else [start]
        spans = zip(moves, [*moves[1:], end], strict=True)
        placements = []
        for first, last in spans:
            client, sites, post = dice.choice(places)
            placements.append(
                Placement(
                    worker=worker,
                    client=client,
                    site=dice.choice(sites),
                    post=post,
                    valid_from=first,
                    valid_to=last,
                    base_wage_fen=300_000,
                )
            )
        yield LabourContract(worker=worker, valid_from=start, valid_to=end), placements
