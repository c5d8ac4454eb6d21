"""The roster: every workbook of the folder, checked and imported as a person would through the page."""

from agency.permissions import Role
from workers.imports.kind import ROSTER_UPLOAD
from workers.imports.roster_columns import ROSTER
from workers.models import Worker

from ..files import Found
from .base import Month, Tally
from .uploads import take_in

DAY = 10


def import_rosters(month: Month, workbooks: list[Found]) -> Tally:
    """Import each roster on the 10th: the standard procedure checks it between the 5th and the 12th."""
    administrator = month.holders(Role.ADMINISTRATOR)[0]
    made = known = 0
    for found in workbooks:
        if found.table is ROSTER:
            before = _workers(month)
            upload = take_in(month, ROSTER_UPLOAD, found.path, {"period": str(month.period)}, administrator, DAY)
            new = _workers(month) - before
            made, known = made + new, known + upload.rows - new
    return Tally(made, known)


def _workers(month: Month) -> int:
    with month.on(month.period.first_day.replace(day=DAY), hour=9, minute=20):
        return Worker.objects.count()
