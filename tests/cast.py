"""The people of every test: two agencies, one person a role, a specialist of another agency, clients and workers."""

import datetime as dt
from dataclasses import dataclass, field

from agency.models import Agency, StaffMember, StaffRole
from agency.permissions import Role
from agency.tenancy.context import tenant
from clients.models import Assignment, ClientContact, ClientEnterprise, DispatchAgreement, Post, Site
from workers.models import BankAccount, InsuranceEnrolment, LabourContract, Placement, Worker

PASSWORD = "zhudian-demo-2026"
START = dt.date(2026, 1, 1)
# Valid unified credit codes (GB 32100 check digit), of nobody.
CREDIT_CODES = ["91320500MA1TE5T01D", "91320500MA1TE5T02G", "91320500MA1TE5T03K"]


@dataclass
class Company:
    """One agency and its people; `specialist` serves `client`, `colleague` serves `other_client`."""

    agency: Agency
    staff: dict[str, StaffMember] = field(default_factory=dict)
    client: ClientEnterprise | None = None
    other_client: ClientEnterprise | None = None
    site: Site | None = None
    post: Post | None = None
    contact: ClientContact | None = None
    agreement: DispatchAgreement | None = None
    worker: Worker | None = None
    other_worker: Worker | None = None
    visitor: StaffMember | None = None

    def __getattr__(self, name: str) -> StaffMember:
        staff = self.__dict__.get("staff", {})
        if name in staff:
            return staff[name]
        raise AttributeError(name)


def identity_number(serial: int, birth: dt.date = dt.date(1990, 5, 17)) -> str:
    """Return a number with a right check digit in the unused sequence of a real region code."""
    body = f"320500{birth:%Y%m%d}{serial % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def hire(name: str, serial: int, client: ClientEnterprise, site: Site, post: Post, wage_fen: int = 360_000) -> Worker:
    """Employ and place a worker since 2026-01-01, insured in 苏州."""
    number = identity_number(serial)
    worker = Worker.objects.create(
        name=name,
        employee_no=f"{serial:04d}",
        identity_number=number,
        birth_date=dt.date(1990, 5, 17),
        sex="M" if int(number[16]) % 2 else "F",
        phone=f"1380000{serial:04d}",
    )
    LabourContract.objects.create(worker=worker, valid_from=START, valid_to=dt.date(2028, 1, 1), signed_on=START)
    Placement.objects.create(
        worker=worker, client=client, site=site, post=post, valid_from=START, base_wage_fen=wage_fen
    )
    InsuranceEnrolment.objects.create(
        worker=worker,
        city="苏州",
        base_fen=500_000,
        housing_fund_base_fen=500_000,
        housing_fund_rate=50_000,
        valid_from=START,
    )
    BankAccount.objects.create(
        worker=worker, bank="工商银行", holder=name, number=f"622200000000{serial:04d}", valid_from=START
    )
    return worker


def company(slug: str, short_name: str, offset: int) -> Company:
    """Make an agency with one person a role, two clients and two workers. `offset` keeps the numbers apart."""
    agency = Agency.objects.create(name=f"{short_name}人力资源有限公司", short_name=short_name, slug=slug)
    made = Company(agency)
    with tenant(agency):
        people = [*((role.value, role.label) for role in Role), ("colleague", "colleague")]
        for number, (key, _label) in enumerate(people):
            staff = StaffMember(
                name=f"{'林沈韩蒋许唐罗'[number]}{short_name[0]}",
                phone=f"139{offset:04d}{number:04d}",
                email=f"{key}@{slug}.example",
                joined_on=START,
            )
            staff.set_password(PASSWORD)
            staff.save()
            StaffRole.objects.create(staff=staff, role=Role.SPECIALIST if key == "colleague" else key)
            made.staff[key] = staff
        clients = []
        for number, name in enumerate(["澄光电子", "云杉食品"]):
            client = ClientEnterprise.objects.create(
                name=f"{name}（苏州）有限公司",
                short_name=name,
                credit_code=CREDIT_CODES[number],
                city="苏州",
                colour=number + 1,
                started_on=START,
            )
            site = Site.objects.create(client=client, name="一号车间")
            post = Post.objects.create(client=client, name="操作工")
            clients.append((client, site, post))
        (made.client, made.site, made.post), (made.other_client, other_site, other_post) = clients
        made.contact = ClientContact.objects.create(
            client=made.client, site=made.site, name="高班长", title="班长", phone=f"137{offset:04d}0001"
        )
        made.agreement = DispatchAgreement.objects.create(
            client=made.client, number=f"{slug}-2026-01", valid_from=START, signed_on=START
        )
        Assignment.objects.create(client=made.client, staff=made.staff["specialist"], valid_from=START)
        Assignment.objects.create(client=made.other_client, staff=made.staff["colleague"], valid_from=START)
        made.worker = hire("王海波", offset + 1, made.client, made.site, made.post)
        made.other_worker = hire("罗永强", offset + 2, made.other_client, other_site, other_post)
    return made


@dataclass
class Cast:
    """`ours` and, behind the wall, `theirs`."""

    ours: Company
    theirs: Company


def assemble() -> Cast:
    return Cast(company("hechuan", "禾川", 100), company("beiling", "北岭", 500))
