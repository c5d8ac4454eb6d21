"""What some workers declare to lower their tax, taken down before the first wages: the same ones every time."""

from typing import Any

from agency.periods import Period
from agency.permissions import Role
from payroll.declarations.declaring import Declared, declare
from payroll.models import TaxDeclaration
from workers.models import Worker

from .base import Month, Tally

DAY = 11
EVERY = 6
KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "children_education", "share": 50, "note": "大女儿"},
    {"kind": "rent", "amount_fen": 1500_00},
    {"kind": "elderly", "shared": True, "amount_fen": 1000_00},
    {"kind": "children_education", "count": 2},
    {"kind": "housing_loan"},
    {"kind": "infant_care", "share": 50},
)


def take_down(month: Month) -> Tally:
    """Declare for every sixth worker from January on; who has declared something already stays."""
    officer = month.holders(Role.PAYROLL_OFFICER)[0]
    made = known = 0
    with month.on(month.period.first_day.replace(day=DAY), officer, hour=9):
        declared = set(TaxDeclaration.objects.values_list("worker_id", flat=True))
        for place, worker in enumerate(Worker.objects.order_by("employee_no")[::EVERY]):
            if worker.pk in declared:
                known += 1
                continue
            given = KINDS[place % len(KINDS)]
            declare(worker, Declared(since=Period(month.period.year, 1), **given), officer)
            made += 1
    return Tally(made, known)
