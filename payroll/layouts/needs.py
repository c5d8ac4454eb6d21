"""Who still needs a layout that is to end without another: it is not taken from them."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from clients.models import ClientEnterprise
from payroll.files.installing import ensure_layouts
from payroll.models import BankBatch, FileLayout, PayrollRun
from payroll.refusals import Refused
from workers.models import InsuranceEnrolment, Placement

Purpose = FileLayout.Purpose
OF_CITIES = (Purpose.INSURANCE_ADD, Purpose.INSURANCE_REMOVE, Purpose.CUTOFF)
TAX = (Purpose.SALARY_TAX, Purpose.PERSONNEL, Purpose.STUDENT_TAX, Purpose.BONUS_TAX, Purpose.SEVERANCE_TAX)
SHOWN = 5


def must_not_be_needed(layout: FileLayout, on: dt.date) -> None:
    """Raise `Refused` naming who needs a layout from a day on and would have no other."""
    users = list(needed_by(layout, on))
    if users:
        more = _(" and %(n)d more") % {"n": len(users) - SHOWN} if len(users) > SHOWN else ""
        raise Refused(
            _("Still needed by %(users)s. Put another layout into use for them first.")
            % {"users": "、".join(users[:SHOWN]) + more}
        )


def needed_by(layout: FileLayout, on: dt.date) -> Iterator[str]:
    """Yield who needs a layout from a day on: batches that wait by it, and whoever no other layout serves."""
    for batch in BankBatch.objects.waiting().filter(layout=layout).select_related("run__client"):
        yield _("batch %(number)d of %(client)s %(month)s") % {
            "number": batch.number, "client": batch.run.client.short_name, "month": batch.run.period,
        }  # fmt: skip
    ensure_layouts()
    others = FileLayout.objects.valid_on(on).filter(purpose=layout.purpose).exclude(pk=layout.pk)
    if others.filter(city__in=("", layout.city)).exists():
        return
    if layout.purpose == Purpose.BANK:
        yield from _clients(on)
    elif layout.purpose in OF_CITIES:
        yield from _cities(layout, on, set(others.values_list("city", flat=True)))
    elif layout.purpose in TAX:
        yield _("the tax client's file of every month")


def _clients(on: dt.date) -> Iterator[str]:
    """Clients whose wages are on their way or who have people that day."""
    unpaid = PayrollRun.objects.final().filter(paid_at=None).values("client")
    placed = Placement.objects.valid_on(on).values("client")
    rows = ClientEnterprise.objects.filter(Q(pk__in=unpaid) | Q(pk__in=placed))
    yield from rows.order_by("name_pinyin").values_list("short_name", flat=True)


def _cities(layout: FileLayout, on: dt.date, own: set[str]) -> Iterator[str]:
    insured = InsuranceEnrolment.objects.valid_on(on)
    if layout.city:
        insured = insured.filter(city=layout.city)
    for city in insured.order_by("city").values_list("city", flat=True).distinct():
        if city not in own:
            yield city
