"""Who is in charge of a client, from when: hand over, put a deputy beside, end."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember
from agency.permissions import Role
from agency.shell.formats import day_year
from clients.models import Assignment, ClientEnterprise


def assign(
    client: ClientEnterprise, staff: StaffMember, from_day: dt.date, by: StaffMember, *, lead: bool = True
) -> Assignment:
    """Let a specialist serve a client from a day on; a new lead ends the earlier one's turn that day.

    Raises `ValidationError` when the person is no active specialist, serves the client in that way already, or
    another hand-over is planned for that day or later.
    """
    _must_be_specialist(staff)
    ClientEnterprise.objects.select_for_update().get(pk=client.pk)  # two hand-overs at once wait for each other
    if lead:
        _end_earlier_lead(client, staff, from_day)
    _end_own_turn(client, staff, from_day, lead)
    made = Assignment.objects.create(client=client, staff=staff, valid_from=from_day, is_lead=lead)
    record(
        "clients.assignment.handed_over" if lead else "clients.assignment.deputised",
        subject=client,
        actor=by,
        staff=staff.pk,
        from_day=str(from_day),
    )
    return made


def end_assignment(assignment: Assignment, end: dt.date, by: StaffMember) -> Assignment:
    """End a turn; `end` is the first day without. A turn that has not begun by then is taken back.

    Raises `ValidationError` when it ends earlier already.
    """
    if assignment.valid_to is not None and assignment.valid_to <= end:
        raise ValidationError(_("This already ends on %(day)s.") % {"day": day_year(assignment.valid_to)})
    if end <= assignment.valid_from:
        assignment.delete()
    else:
        assignment.valid_to = end
        assignment.save(update_fields=["valid_to"])
    record("clients.assignment.ended", subject=assignment.client, actor=by, staff=assignment.staff_id, end=str(end))
    return assignment


def lead_of(client: ClientEnterprise, on: dt.date) -> Assignment | None:
    """Return who is in charge of a client on a day."""
    return Assignment.objects.valid_on(on).filter(client=client, is_lead=True).select_related("staff").first()


def _must_be_specialist(staff: StaffMember) -> None:
    if not (staff.is_active and Role.SPECIALIST in staff.role_names):
        raise ValidationError(
            _("%(name)s is no active specialist. Choose one, or give %(name)s the role first.") % {"name": staff.name}
        )


def _end_earlier_lead(client: ClientEnterprise, staff: StaffMember, from_day: dt.date) -> None:
    leads = Assignment.objects.filter(client=client, is_lead=True)
    if planned := leads.filter(valid_from__gte=from_day).select_related("staff").first():
        raise ValidationError(
            _("%(name)s takes over on %(day)s already. Take that back first, or choose a later day.")
            % {"name": planned.staff.name, "day": day_year(planned.valid_from)}
        )
    if (now := leads.valid_on(from_day).first()) is None:
        return
    if now.staff_id == staff.pk:
        raise ValidationError(_("%(name)s is in charge already.") % {"name": staff.name})
    now.valid_to = from_day
    now.save(update_fields=["valid_to"])


def _end_own_turn(client: ClientEnterprise, staff: StaffMember, from_day: dt.date, lead: bool) -> None:
    """End a deputy's turn when they take the lead; refuse any other second turn of one person."""
    own = Assignment.objects.filter(client=client, staff=staff)
    deputy = own.valid_on(from_day).filter(is_lead=False)
    if own.filter(valid_from__gte=from_day).exists() or own.valid_on(from_day).exclude(pk__in=deputy).exists():
        raise ValidationError(_("%(name)s serves this client then already.") % {"name": staff.name})
    for turn in deputy:
        if not lead:
            raise ValidationError(_("%(name)s is a deputy here already.") % {"name": staff.name})
        turn.valid_to = from_day
        turn.save(update_fields=["valid_to"])
