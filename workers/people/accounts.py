"""Where a worker's wages go, from which day."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember
from agency.shell.formats import day_year
from workers.models import BankAccount, Worker


def change_account(
    worker: Worker, bank: str, holder: str, number: str, from_day: dt.date, by: StaffMember
) -> BankAccount:
    """Pay into another account from a day on; the earlier one stays on record until then.

    Raises `ValidationError` when an account of that day or later exists.
    """
    rows = BankAccount.objects.filter(worker=worker)
    if later := rows.filter(valid_from__gte=from_day).order_by("valid_from").first():
        raise ValidationError(
            {"from_day": _("An account from %(day)s exists. Choose a later day.") % {"day": day_year(later.valid_from)}}
        )
    for running in rows.exclude(valid_to__lte=from_day):
        running.valid_to = from_day
        running.save(update_fields=["valid_to"])
    account = BankAccount.objects.create(worker=worker, bank=bank, holder=holder, number=number, valid_from=from_day)
    record("workers.account.changed", subject=worker, actor=by, account=account.pk, from_day=str(from_day))
    return account
