"""What happened to an advance or an agreed amount, as events of a timeline, newest first."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from agency.money import yuan
from agency.shell.formats import day_year, local_date, month
from payroll.models import Advance, AdvanceChange, AdvanceRepayment, WorkerItemAmount


def amount_event(row: WorkerItemAmount) -> dict[str, Any]:
    """Tell one agreed amount: how much, from when to when."""
    last = row.valid_to and row.valid_to - dt.timedelta(days=1)
    until = _("until %(day)s") % {"day": day_year(last)} if last else _("still holds")
    return {"icon": "edit", "title": yuan(row.amount_fen), "text": until, "when": day_year(row.valid_from)}


def events_of(advance: Advance) -> list[dict[str, Any]]:
    """Tell what was paid out, what runs kept back, what was agreed on and paid back since."""
    events = [(advance.paid_on, 0, {"icon": "wallet", "title": _("Paid out %(amount)s") % _amount(advance.amount_fen)})]
    kept = AdvanceRepayment.objects.filter(advance=advance).select_related("run").order_by("pk")
    events += [(row.run.pay_date, row.pk, _kept(row)) for row in kept]
    events += [
        (row.repaid_on or local_date(row.at), row.pk, _changed(row)) for row in advance.changes.select_related("by")
    ]
    events.sort(key=lambda event: event[:2], reverse=True)
    return [{**event, "when": day_year(day)} for day, _order, event in events]


def _kept(row: AdvanceRepayment) -> dict[str, Any]:
    title = _("Kept back %(amount)s") % _amount(row.amount_fen)
    text = _("with the wages of %(month)s") % {"month": month(row.run.month)}
    return {"icon": "check", "title": title, "text": f"{text} · {row.run.get_state_display()}"}


def _changed(row: AdvanceChange) -> dict[str, Any]:
    words = {"month": month(row.from_period), **_amount(row.monthly_fen or row.repaid_fen)}
    if row.repaid_fen:
        icon, title = "return", _("Paid back %(amount)s")
    elif row.monthly_fen:
        icon, title = "edit", _("%(amount)s a month from %(month)s on")
    else:
        icon, title = "pause", _("Nothing kept back from %(month)s on")
    return {"icon": icon, "title": title % words, "text": " · ".join(filter(None, (row.by.name, row.note)))}


def _amount(fen: int) -> dict[str, str]:
    return {"amount": yuan(fen)}
