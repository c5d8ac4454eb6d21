"""Who may hold a case: the client's specialist, or somebody at head office where a specialist must not see it."""

from agency.calendar import today
from agency.models import StaffMember
from agency.permissions import Role, can, visible
from clients.assignments.handing_over import lead_of
from clients.models import Assignment, ClientEnterprise

from .models import Case

VIEW = "cases.case.view"
CONFIDENTIAL = "cases.confidential.view"


def custodians(client: ClientEnterprise, *, confidential: bool = False, about: StaffMember | None = None) -> list:
    """Return the reviewers, then the managers, whom a case of a client may be brought before.

    Of a confidential one not whom it is about, nor anybody who ever served that client.
    """
    people = [*StaffMember.objects.holding(Role.REVIEWER), *StaffMember.objects.holding(Role.MANAGER)]
    found = {person.pk: person for person in people}
    if confidential:
        out = set(Assignment.objects.filter(client=client).values_list("staff", flat=True))
        out |= {about.pk} if about else set()
        found = {pk: person for pk, person in found.items() if pk not in out}
    return list(found.values())


def custodians_of(case: Case) -> list[StaffMember]:
    return custodians(case.client, confidential=case.confidential, about=case.about)


def in_charge(
    client: ClientEnterprise, *, confidential: bool = False, about: StaffMember | None = None
) -> StaffMember | None:
    """Return who takes a new case: the client's lead specialist, else the first custodian; nobody if there is none."""
    lead = None if confidential else lead_of(client, today())
    if lead and lead.staff.is_active:
        return lead.staff
    return next(iter(custodians(client, confidential=confidential, about=about)), None)


def may_hold(case: Case, staff: StaffMember) -> bool:
    """Tell whether a person could take a case over: active, may see cases, and not barred from this one."""
    if not staff.is_active or not can(staff, VIEW):
        return False
    if case.confidential:
        return can(staff, CONFIDENTIAL) and visible(staff, Case).filter(pk=case.pk).exists()
    return True


def candidates(case: Case) -> list[StaffMember]:
    """Return who could take a case over, other than who has it."""
    if case.confidential:
        people = custodians_of(case)
    else:
        roles = [Role.SPECIALIST, Role.REVIEWER, Role.MANAGER]
        found = StaffMember.objects.active().filter(roles__role__in=roles).distinct()
        people = list(found.order_by("name_pinyin").defer("phone"))
    return [person for person in people if person.pk != case.assignee_id]
