"""The bureau's list of the month's insured, against which roster, bills and payments are matched."""

from collections import Counter

from agency.permissions import Role
from clients.models import ClientEnterprise
from payroll.matching.importing import BUREAU_UPLOAD
from payroll.matching.layout import bureau_table
from payroll.models import BureauRecord

from ..files import Found
from .base import Month, Tally
from .uploads import take_in

DAY = 26


def import_lists(month: Month, workbooks: list[Found]) -> Tally:
    """Import each list on the 26th as that of the city where most clients are; a month that has one stays as it is."""
    officer = month.holders(Role.PAYROLL_OFFICER)[0]
    made = known = 0
    for found in workbooks:
        if found.table is bureau_table():
            with month.on(month.period.first_day.replace(day=DAY)):
                there = BureauRecord.objects.filter(period=str(month.period)).count()
                city = Counter(ClientEnterprise.objects.values_list("city", flat=True)).most_common(1)[0][0]
            if not there:
                context = {"period": str(month.period), "city": city}
                made += take_in(month, BUREAU_UPLOAD, found.path, context, officer, DAY).rows
            known += there
    return Tally(made, known)
