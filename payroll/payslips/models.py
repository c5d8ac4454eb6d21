from typing import Any, Self

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.privacy.retention import WAGE_RECORD, retain
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel
from agency.tenancy.statement_keys import BARE, StatementKeys
from payroll.runs.locking import CLOSED_WITH_RUN
from payroll.runs.states import FINAL

from .locking import OF_ONE_AGENCY


class PayslipQuerySet(AgencyQuerySet):
    def final(self) -> Self:
        """Payslips of approved runs."""
        return self.filter(run__state__in=FINAL)

    def published(self) -> Self:
        """Payslips the workers may see."""
        return self.final().filter(run__published_at__isnull=False)

    def waiting(self, run: Any) -> Self:
        """Payslips of a run with something to look at that nobody has looked at."""
        return self.filter(run=run, attention__gt=0, looked_by=None)

    def of_tax_year(self, year: int) -> Self:
        return self.filter(tax_year=year)


class PayslipManager(AgencyManager.from_queryset(PayslipQuerySet)):  # type: ignore[misc]
    pass


def _fen(name: Any) -> models.BigIntegerField:
    return models.BigIntegerField(name, default=0)


class Payslip(TenantModel):
    """One worker's wages of one run (工资单): a snapshot of what was computed, from what, and by which rules.

    Written by `runs.computing` only, whole run at a time; closed by the database when the run is handed in. A row
    with `errors` (`RowError` bits) holds no amounts. Always: net = gross − employee social − employee fund −
    employee adjustment − tax − deducted. History rows are not kept: a draft is replaced, an approved one never.
    """

    # Twenty thousand rows are written at once: run, worker and who looked are looked up once a statement (a run's
    # agency is its row's), and the indexes below serve every reader.
    agency = models.ForeignKey("agency.Agency", models.PROTECT, related_name="+", **BARE)
    run = models.ForeignKey("payroll.PayrollRun", models.PROTECT, related_name="payslips", **BARE)
    worker = models.ForeignKey("workers.Worker", models.PROTECT, related_name="payslips", **BARE)
    name = models.CharField(_("Name"), max_length=80)
    name_pinyin = models.CharField(max_length=240)
    employee_no = models.CharField(_("Employee number"), max_length=20, blank=True)
    place = models.CharField(_("Place"), max_length=140, blank=True)
    tax_year = models.PositiveSmallIntegerField()
    tax_month = models.PositiveSmallIntegerField()
    months_here = models.PositiveSmallIntegerField(default=0)

    base_fen = _fen(_("Base wage"))
    absence_fen = _fen(_("Absence"))
    overtime_weekday_fen = _fen(_("Weekday overtime"))
    overtime_rest_day_fen = _fen(_("Rest day overtime"))
    overtime_holiday_fen = _fen(_("Holiday overtime"))
    allowances_fen = _fen(_("Allowances"))
    gross_fen = _fen(_("Gross"))
    employee_pension_fen = _fen(_("Pension, worker"))
    employee_medical_fen = _fen(_("Medical, worker"))
    employee_unemployment_fen = _fen(_("Unemployment, worker"))
    employee_injury_fen = _fen(_("Work injury, worker"))
    employee_maternity_fen = _fen(_("Maternity, worker"))
    employee_housing_fund_fen = _fen(_("Housing fund, worker"))
    employee_supplementary_fund_fen = _fen(_("Supplementary fund, worker"))
    employer_pension_fen = _fen(_("Pension, employer"))
    employer_medical_fen = _fen(_("Medical, employer"))
    employer_unemployment_fen = _fen(_("Unemployment, employer"))
    employer_injury_fen = _fen(_("Work injury, employer"))
    employer_maternity_fen = _fen(_("Maternity, employer"))
    employer_housing_fund_fen = _fen(_("Housing fund, employer"))
    employer_supplementary_fund_fen = _fen(_("Supplementary fund, employer"))
    employee_social_fen = _fen(_("Social insurance, worker"))
    employee_fund_fen = _fen(_("Housing funds, worker"))
    employer_social_fen = _fen(_("Social insurance, employer"))
    employer_fund_fen = _fen(_("Housing funds, employer"))
    employee_adjustment_fen = _fen(_("Difference of earlier months, worker"))
    employer_adjustment_fen = _fen(_("Difference of earlier months, employer"))
    tax_fen = _fen(_("Income tax"))
    deducted_fen = _fen(_("Other deductions"))
    net_fen = _fen(_("Net"))
    employer_cost_fen = _fen(_("Cost to the employer"))

    income_to_date_fen = _fen(_("Income to date"))
    exempt_to_date_fen = _fen(_("Exempt to date"))
    basic_to_date_fen = _fen(_("Basic deduction to date"))
    special_to_date_fen = _fen(_("Own insurance and fund to date"))
    additional_to_date_fen = _fen(_("Special additional deductions to date"))
    pension_to_date_fen = _fen(_("Private pension to date"))
    other_to_date_fen = _fen(_("Other deductions to date"))
    relief_to_date_fen = _fen(_("Relief to date"))
    taxable_to_date_fen = _fen(_("Taxable to date"))
    tax_to_date_fen = _fen(_("Tax to date"))
    withheld_to_date_fen = _fen(_("Withheld to date"))

    inputs = models.JSONField(help_text=_("Everything the figures were computed from."))
    # The edition used, on its city: `OF_ONE_AGENCY` looks it up once a statement, and policies are never deleted.
    policy_id = models.BigIntegerField(null=True)
    errors = models.IntegerField(default=0)
    warnings = models.IntegerField(default=0)
    checks = models.IntegerField(default=0)
    attention = models.PositiveSmallIntegerField(default=0)
    previous_net_fen = models.BigIntegerField(null=True)
    looked_by = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+", null=True, **BARE)

    objects = PayslipManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("payslip")
        verbose_name_plural = _("payslips")
        ordering = ["run_id", "name_pinyin"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "run", "worker"], name="payroll_payslip_uq"),
            StatementKeys(fields=["run", "worker", "looked_by"], name="payroll_payslip_keys"),
        ]
        indexes = [
            models.Index(fields=["agency", "worker", "tax_year", "tax_month"], name="payroll_payslip_year_ix"),
            # Small: only what waits for a look. Counted on every page of the run, walked from one to the next.
            models.Index(
                fields=["agency", "run", "-attention", "name_pinyin", "id"],
                name="payroll_payslip_waiting_ix",
                condition=models.Q(attention__gt=0, looked_by=None),
            ),
        ]
        triggers = [*CLOSED_WITH_RUN, *OF_ONE_AGENCY]

    def __str__(self) -> str:
        return f"{self.name} {self.run_id}"

    @property
    def overtime_fen(self) -> int:
        return self.overtime_weekday_fen + self.overtime_rest_day_fen + self.overtime_holiday_fen

    @property
    def extras_fen(self) -> int:
        """Allowances less absence."""
        return self.allowances_fen - self.absence_fen


class PayslipReceipt(TenantModel):
    """That the worker opened a published payslip, and signed for it. Written from the worker's link, never deleted."""

    payslip = models.OneToOneField(Payslip, models.PROTECT, related_name="receipt", db_constraint=False)
    opened_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("payslip receipt")
        verbose_name_plural = _("payslip receipts")
        constraints = [
            *TenantModel.Meta.constraints,
            StatementKeys(fields=["payslip"], name="payroll_payslipreceipt_key"),
        ]
        triggers = [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.payslip_id)


retain(
    "payroll.Payslip",
    ["name", "name_pinyin"],
    purpose="wage record the employer must keep",
    keep=WAGE_RECORD,
)
