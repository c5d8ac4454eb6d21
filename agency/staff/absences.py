"""Who is away, and who stands in for them on those days alone."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agency.audit import record
from agency.permissions import Role, scope_of
from agency.shell.formats import day_year

from .absence_models import StaffAbsence
from .models import StaffMember

ONE_DAY = dt.timedelta(days=1)


def stood_in_for(staff: Any, on: dt.date) -> QuerySet:
    """Return the ids of the colleagues for whom a person stands in on a day, as a subquery."""
    return StaffAbsence.objects.valid_on(on).filter(deputy=staff).values("staff")


def theirs_or_stood_in(staff: Any, on: dt.date, prefix: str = "") -> Q:
    """Match rows of a person (`staff`), and on that day those of the colleagues they stand in for."""
    return Q(**{f"{prefix}staff": staff}) | Q(**{f"{prefix}staff__in": stood_in_for(staff, on)})


def absences_covered(staff: StaffMember, on: dt.date) -> list[StaffAbsence]:
    """Return the absences in which a person stands in on a day, the first to end first."""
    rows = StaffAbsence.objects.valid_on(on).filter(deputy=staff).select_related("staff")
    return list(rows.order_by("valid_to", "pk"))


def deputies_on(on: dt.date) -> dict[int, StaffMember]:
    """Return by id of everybody who is away on a day the person who stands in for them."""
    return {row.staff_id: row.deputy for row in StaffAbsence.objects.valid_on(on).select_related("deputy")}


def record_absence(
    staff: StaffMember, deputy: StaffMember, first: dt.date, last: dt.date, by: StaffMember
) -> StaffAbsence:
    """Note that somebody is away from the first to the last day, both inclusive, and who stands in.

    Raises `ValidationError` for days the wrong way round, a deputy who is no other active specialist or is away
    themselves, and when either of the two is taken by another absence in these days.
    """
    if first > last:
        raise ValidationError({"last_day": _("The last day lies before the first. Swap the two.")})
    if deputy.pk == staff.pk or not deputy.is_active or Role.SPECIALIST not in deputy.role_names:
        raise ValidationError({"deputy": _("Choose another specialist to stand in.")})
    # Two absences at once wait for each other, also when each is to stand in for the other.
    list(StaffMember.objects.filter(pk__in=[staff.pk, deputy.pk]).select_for_update().order_by("pk"))
    end = last + ONE_DAY
    same_days = StaffAbsence.objects.filter(valid_from__lt=end, valid_to__gt=first)
    if known := same_days.filter(staff=staff).first():
        raise ValidationError(_("%(name)s is away already %(days)s.") % {"name": staff.name, "days": _days(known)})
    if known := same_days.filter(staff=deputy).first():
        words = {"name": deputy.name, "days": _days(known)}
        raise ValidationError({"deputy": _("%(name)s is away too, %(days)s. Choose somebody else.") % words})
    if known := same_days.filter(deputy=staff).select_related("staff").first():
        words = {"name": staff.name, "other": known.staff.name, "days": _days(known)}
        raise ValidationError(
            _("%(name)s stands in for %(other)s %(days)s. Find somebody else for that first.") % words
        )
    made = StaffAbsence.objects.create(staff=staff, deputy=deputy, valid_from=first, valid_to=end, recorded_by=by)
    record("staff.absence.recorded", subject=staff, actor=by, deputy=deputy.pk, first=str(first), last=str(last))
    return made


def end_absence(absence: StaffAbsence, on: dt.date, by: StaffMember) -> None:
    """Let somebody be back on a day; an absence that has not begun by then is taken back.

    Raises `ValidationError` when it is over already.
    """
    absence = StaffAbsence.objects.select_for_update(of=("self",)).select_related("staff").get(pk=absence.pk)
    if absence.valid_to is not None and absence.valid_to <= on:
        raise ValidationError(_("This absence is over already."))
    if on <= absence.valid_from:
        absence.delete()
    else:
        absence.valid_to = on
        absence.save(update_fields=["valid_to"])
    record("staff.absence.ended", subject=absence.staff, actor=by, back=str(on))


@scope_of(StaffAbsence)
def absences(staff: Any, rows: QuerySet, on: dt.date) -> QuerySet:
    return rows.filter(Q(staff=staff) | Q(deputy=staff))


def _days(absence: StaffAbsence) -> str:
    assert absence.last_day is not None, "the table refuses an absence without end"
    return f"{day_year(absence.valid_from)} — {day_year(absence.last_day)}"
