"""Enrol a worker in social insurance and housing fund: which city, which bases, from which month."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember
from agency.periods import Period
from agency.shell.formats import month
from workers.models import InsuranceEnrolment, Worker

# Regulation on the Housing Provident Fund (2019) and Jian Jin Guan 2005/5: 5% to 12%.
LOWEST_RATE, HIGHEST_RATE = 50_000, 120_000


@dataclass(frozen=True)
class Bases:
    """City and bases: fen a month, rates in millionths (0: not in that fund).

    `variants` says which kind of an insurance holds for the worker, where the city has several: a medical tier, the
    pension of those with local hukou, a fund of its own in a part of the city.
    """

    city: str
    base_fen: int
    housing_fund_base_fen: int = 0
    housing_fund_rate: int = 0
    supplementary_fund_rate: int = 0
    variants: dict[str, str] = field(default_factory=dict)


def enrol(worker: Worker, bases: Bases, since: Period, by: StaffMember) -> InsuranceEnrolment:
    """Insure a worker from the first day of a month; the earlier enrolment ends there.

    Raises `ValidationError` when an enrolment of that month or later exists, or the housing fund rate is none.
    """
    if bases.housing_fund_base_fen and not LOWEST_RATE <= bases.housing_fund_rate <= HIGHEST_RATE:
        raise ValidationError({"housing_fund_rate": _("The housing fund takes 5% to 12%. Check the rate.")})
    start = since.first_day
    rows = InsuranceEnrolment.objects.filter(worker=worker)
    if later := rows.filter(valid_from__gte=start).order_by("valid_from").first():
        raise ValidationError(
            {
                "since": _("From %(month)s on, %(city)s is entered already. Choose a later month.")
                % {"month": month(later.valid_from), "city": later.city}
            }
        )
    for running in rows.exclude(valid_to__lte=start):
        running.valid_to = start
        running.save(update_fields=["valid_to"])
    enrolment = InsuranceEnrolment.objects.create(
        worker=worker,
        city=bases.city,
        base_fen=bases.base_fen,
        housing_fund_base_fen=bases.housing_fund_base_fen,
        housing_fund_rate=bases.housing_fund_rate,
        supplementary_fund_rate=bases.supplementary_fund_rate,
        variants=bases.variants,
        valid_from=start,
    )
    record("workers.insurance.enrolled", subject=worker, actor=by, city=bases.city, since=str(since))
    return enrolment


def stop(enrolment: InsuranceEnrolment, last_month: Period, by: StaffMember) -> InsuranceEnrolment:
    """End an enrolment with its last month. Raises `ValidationError` when it begins later or ends earlier."""
    end = last_month.end
    if end <= enrolment.valid_from:
        raise ValidationError(
            {"last_month": _("It begins only in %(month)s.") % {"month": month(enrolment.valid_from)}}
        )
    if enrolment.valid_to is not None and enrolment.valid_to < end:
        raise ValidationError({"last_month": _("It already ended before that month.")})
    enrolment.valid_to = end
    enrolment.save(update_fields=["valid_to"])
    record("workers.insurance.stopped", subject=enrolment.worker, actor=by, last_month=str(last_month))
    return enrolment
