"""Who works at the demo agency. All invented; one password for all, printed at every start of the demo."""

import datetime as dt
from dataclasses import dataclass

from agency.permissions import Role
from agency.staff.models import StaffMember, StaffRole

PASSWORD = "zhudian-demo-2026"  # noqa: S105  (the demo's, printed on the screen)
JOINED = dt.date(2025, 3, 3)


@dataclass(frozen=True)
class Account:
    """One person of the demo; the first account of a role is the one shown."""

    key: str
    name: str
    phone: str
    roles: tuple[Role, ...]
    note: str = ""


ACCOUNTS = (
    Account("specialist", "林晓芸", "13900010001", (Role.SPECIALIST,), "澄光电子、云杉食品"),
    Account("zhengkai", "郑凯", "13900010002", (Role.SPECIALIST,), "恒川包装"),
    Account("xuzhiqiang", "许志强", "13900010003", (Role.SPECIALIST,), "北岭物流"),
    Account("tangshuyao", "唐书瑶", "13900010004", (Role.SPECIALIST,), "南汀制衣"),
    Account("reviewer", "何静怡", "13900010011", (Role.REVIEWER,)),
    Account("payroll", "顾明", "13900010021", (Role.PAYROLL_OFFICER,), "prepares"),
    Account("approver", "陆岚", "13900010022", (Role.PAYROLL_OFFICER,), "approves"),
    Account("manager", "周启明", "13900010031", (Role.MANAGER,)),
    Account("trainer", "宋远", "13900010041", (Role.TRAINER,)),
    Account("administrator", "秦朗", "13900010051", (Role.ADMINISTRATOR,)),
)
SPECIALISTS = tuple(account for account in ACCOUNTS if Role.SPECIALIST in account.roles)


def employ_everybody() -> dict[str, StaffMember]:
    """Create whoever is missing and return all by their key; call inside the agency."""
    known = {staff.name: staff for staff in StaffMember.objects.all()}
    found = {}
    for account in ACCOUNTS:
        staff = known.get(account.name)
        if staff is None:
            staff = StaffMember(
                name=account.name,
                phone=account.phone,
                email=f"{account.key}@demo.example",
                joined_on=JOINED,
                duty_phone_published=Role.SPECIALIST in account.roles,
            )
            staff.set_password(PASSWORD)
            staff.save()
            StaffRole.objects.bulk_create([StaffRole(staff=staff, role=role) for role in account.roles])
        found[account.key] = staff
    return found


def table() -> str:
    """Return the accounts as lines for the terminal, one a role first."""
    lines = [f"{'Role':<18}{'Phone':<14}{'Password':<20}Name"]
    for account in ACCOUNTS:
        role = ", ".join(role.value for role in account.roles)
        note = f"  ({account.note})" if account.note else ""
        lines.append(f"{role:<18}{account.phone:<14}{PASSWORD:<20}{account.name}{note}")
    return "\n".join(lines)
