"""A worker comes back from the client (退回) or leaves it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember
from agency.shell.formats import day_year
from workers.models import Placement


def return_worker(placement: Placement, last_day: dt.date, reason: str, by: StaffMember) -> Placement:
    """End a placement after its last day; the labour contract goes on, and the worker waits for the next placement.

    Raises `ValidationError` when the placement has not begun by then or ends earlier already.
    """
    placement = Placement.objects.select_for_update(of=("self",)).select_related("worker").get(pk=placement.pk)
    end = last_day + dt.timedelta(days=1)
    if last_day < placement.valid_from:
        raise ValidationError(
            {
                "last_day": _("The placement begins on %(day)s. Choose that day or a later one.")
                % {"day": day_year(placement.valid_from)}
            }
        )
    if placement.valid_to is not None and placement.valid_to < end:
        last = placement.valid_to - dt.timedelta(days=1)
        raise ValidationError(
            {"last_day": _("It already ends on %(day)s. Choose that day or an earlier one.") % {"day": day_year(last)}}
        )
    placement.valid_to, placement.end_reason = end, reason
    placement.save(update_fields=["valid_to", "end_reason"])
    record("workers.placement.ended", subject=placement.worker, actor=by, last_day=str(last_day), reason=reason)
    return placement
