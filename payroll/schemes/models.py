from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.money import MILLION
from agency.validity import Valid, no_overlap
from payroll.calculation.gross import HOLIDAY, OVERTIME_PERCENT, PAID_DAYS_X100, REST_DAY, WEEKDAY

# What a month can have of paid days: from the law's working days (20.83 until 2025) to every day.
LEAST_PAID_DAYS_X100, MOST_PAID_DAYS_X100 = 20_00, 31_00


def _percent(name: Any, kind: str) -> models.PositiveSmallIntegerField:
    """The law's percentage is the least (工资支付暂行规定 13)."""
    least = OVERTIME_PERCENT[kind]
    return models.PositiveSmallIntegerField(
        name, default=least, validators=[MinValueValidator(least), MaxValueValidator(1000)]
    )


@audited()
class PayScheme(Valid):
    """How one client's workers are paid (薪资方案): what the attendance sheet does not say. Amounts in fen."""

    class Method(models.IntegerChoices):
        MONTHLY = 0, _("Monthly wage, less days absent")
        PAID_DAYS = 1, _("Days worked ÷ 21.75")
        SCHEDULE = 2, _("Days worked ÷ workdays of the month")
        ITEMS = 3, _("By own items only: hours, pieces …")

    class Unpaid(models.IntegerChoices):
        NOBODY = 0, _("Stop the run: somebody decides each time")
        WORKER = 1, _("We advance it and hold it back of later wages")
        CLIENT = 2, _("The client bears it")
        AGENCY = 3, _("We advance it and settle it by hand")

    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="pay_schemes")
    method = models.PositiveSmallIntegerField(_("Base wage"), choices=Method, default=Method.MONTHLY)
    paid_days_x100 = models.PositiveSmallIntegerField(
        _("Paid days of a month (hundredths)"),
        default=PAID_DAYS_X100,
        validators=[MinValueValidator(LEAST_PAID_DAYS_X100), MaxValueValidator(MOST_PAID_DAYS_X100)],
        help_text=_("A day worked or absent is the wage divided by these; 21.75 by 2008 No. 3."),
    )
    overtime_weekday_percent = _percent(_("Weekday overtime (%)"), WEEKDAY)
    overtime_rest_day_percent = _percent(_("Rest day overtime (%)"), REST_DAY)
    overtime_holiday_percent = _percent(_("Holiday overtime (%)"), HOLIDAY)
    unpaid_bearer = models.PositiveSmallIntegerField(
        _("Own insurance of a month without pay"), choices=Unpaid, default=Unpaid.WORKER
    )
    night_shift_fen = models.PositiveIntegerField(_("Night shift allowance (fen each)"), default=0)
    sick_pay_percent = models.PositiveSmallIntegerField(
        _("Sick pay (% of the daily wage)"),
        default=100,
        validators=[MaxValueValidator(100)],
        help_text=_("At least 80% of the local minimum wage (1995 No. 309, 59)."),
    )
    injury_rate = models.PositiveIntegerField(
        _("Work injury rate (millionths)"),
        default=0,
        help_text=_("The client's industry class decides; 0 where the city has one rate for all."),
    )
    minimum_wage_fen = models.PositiveIntegerField(_("Local minimum wage (fen a month)"), null=True, blank=True)
    city = models.CharField(
        _("City"), max_length=40, blank=True, help_text=_("Whose heat allowance holds; empty: the client's city.")
    )
    source = models.CharField(_("Source"), max_length=200, blank=True)

    class Meta(Valid.Meta):
        verbose_name = _("pay scheme")
        verbose_name_plural = _("pay schemes")
        ordering = ["client_id", "-valid_from"]
        constraints = [
            *Valid.Meta.constraints,
            no_overlap("payroll_scheme_one", "client"),
            models.CheckConstraint(
                condition=models.Q(
                    paid_days_x100__gte=LEAST_PAID_DAYS_X100,
                    paid_days_x100__lte=MOST_PAID_DAYS_X100,
                    overtime_weekday_percent__gte=OVERTIME_PERCENT[WEEKDAY],
                    overtime_rest_day_percent__gte=OVERTIME_PERCENT[REST_DAY],
                    overtime_holiday_percent__gte=OVERTIME_PERCENT[HOLIDAY],
                ),
                name="payroll_scheme_times_ck",
            ),
            models.CheckConstraint(condition=models.Q(sick_pay_percent__lte=100), name="payroll_scheme_sick_ck"),
            models.CheckConstraint(condition=models.Q(injury_rate__lte=MILLION), name="payroll_scheme_injury_ck"),
        ]
        indexes = [models.Index(fields=["agency", "client", "valid_from"], name="payroll_scheme_client_ix")]

    def __str__(self) -> str:
        return f"{self.client} {self.valid_from}"
