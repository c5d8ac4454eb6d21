from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.periods import Period
from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel
from agency.tenancy.statement_keys import BARE, StatementKeys

from .locking import CLOSED_WITH_RUN
from .states import FINAL, OPEN, TRANSITIONS, State


class RunQuerySet(AgencyQuerySet):
    def of_period(self, period: Period | str) -> Self:
        return self.filter(period=str(period))

    def awaiting_approval(self) -> Self:
        return self.filter(state=State.SUBMITTED)

    def open(self) -> Self:
        """Runs still in the preparer's hands."""
        return self.filter(state__in=OPEN)

    def final(self) -> Self:
        """Runs whose figures stand for good."""
        return self.filter(state__in=FINAL)


class RunManager(AgencyManager.from_queryset(RunQuerySet)):  # type: ignore[misc]
    pass


CORRECTION = "correction"
# Kinds of which a month may have several at one client.
SEVERAL = ("supplementary", "severance", CORRECTION)


def _person(name: Any, **options: Any) -> models.ForeignKey:
    return models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+", verbose_name=name, **options)


def _not_the_approver(role: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=~Q(approver=F(role)), name=f"payroll_run_approver_not_{role}")


@audited()
class PayrollRun(TenantModel):
    """One client's wages of one month (算薪批次). `totals` holds sums in fen by name, for lists and heads.

    `sequence` tells runs of one kind and month apart where several are legitimate. A correction is a run of its own
    that names the one it `corrects`. `average_wage_fen` is last year's local average wage, which a severance is
    exempt by.
    """

    class Kind(models.TextChoices):
        REGULAR = "regular", _("Regular")
        SUPPLEMENTARY = "supplementary", _("Supplementary")
        BONUS = "bonus", _("Bonus")
        SEVERANCE = "severance", _("Severance")
        CORRECTION = "correction", _("Correction")

    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="payroll_runs")
    period = models.CharField(_("Month"), max_length=7)
    kind = models.CharField(_("Kind"), max_length=16, choices=Kind, default=Kind.REGULAR)
    sequence = models.PositiveSmallIntegerField(_("Number of its kind"), default=1)
    corrects = models.ForeignKey("self", models.PROTECT, related_name="corrections", null=True)
    average_wage_fen = models.BigIntegerField(_("Local average yearly wage (fen)"), null=True)
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.COLLECTING)
    pay_date = models.DateField(_("Pay day"))
    preparer = _person(_("Preparer"))
    imported_by = _person(_("Imported by"), null=True)
    computed_by = _person(_("Computed by"), null=True)
    approver = _person(_("Approver"), null=True)
    published_by = _person(_("Published by"), null=True)
    changed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(_("Version"), default=0)
    headcount = models.PositiveIntegerField(_("Workers"), default=0)
    attention = models.PositiveIntegerField(_("To look at"), default=0)
    errors = models.PositiveIntegerField(_("Not computable"), default=0)
    tax_policy = models.ForeignKey("payroll.TaxPolicy", models.PROTECT, related_name="+", null=True)
    totals = models.JSONField(default=dict)
    rules = models.JSONField(default=dict, help_text=_("The pay scheme's items as the wages were computed by them."))
    provisional = models.JSONField(default=list, help_text=_("Rules used that still need a check."))
    return_reason = models.CharField(_("Why it came back"), max_length=400, blank=True)
    source_file = models.CharField(_("File"), max_length=200, blank=True)
    imported_at = models.DateTimeField(null=True)
    computed_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    publish_at = models.DateTimeField(null=True, help_text=_("The hour set for the payslips to go out."))
    published_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RunManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("payroll run")
        verbose_name_plural = _("payroll runs")
        ordering = ["-period", "client_id"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "client", "period", "kind", "sequence"], name="payroll_run_uq"),
            models.CheckConstraint(
                condition=Q(sequence=1) | (Q(kind__in=SEVERAL) & Q(sequence__gt=1)), name="payroll_run_sequence_ck"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=False, kind=CORRECTION) | (Q(corrects=None) & ~Q(kind=CORRECTION)),
                name="payroll_run_corrects_ck",
            ),
            *(_not_the_approver(role) for role in ("preparer", "imported_by", "computed_by")),
            models.CheckConstraint(
                condition=Q(approver__isnull=False) | ~Q(state__in=FINAL), name="payroll_run_final_approved_ck"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(state__in=FINAL), name="payroll_run_published_final_ck"
            ),
            models.CheckConstraint(
                condition=Q(publish_at=None) | Q(state__in=FINAL), name="payroll_run_publish_at_final_ck"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "period", "client"], name="payroll_run_period_ix"),
            models.Index(fields=["agency", "state"], name="payroll_run_state_ix"),
        ]
        triggers = [pgtrigger.FSM(name="moves", field="state", transitions=TRANSITIONS)]

    def __str__(self) -> str:
        return " ".join(filter(None, (str(self.client), self.period, self.tag)))

    @property
    def tag(self) -> str:
        """What tells this run from the month's regular one; nothing for that one."""
        if self.kind == self.Kind.REGULAR:
            return ""
        label = str(self.get_kind_display())
        return f"{label} {self.sequence}" if self.sequence > 1 else label

    @property
    def is_one_time(self) -> bool:
        """The run pays a bonus or a severance, which are taxed by rules of their own."""
        return self.kind in (self.Kind.BONUS, self.Kind.SEVERANCE)

    @property
    def month(self) -> Period:
        return Period.parse(self.period)

    @property
    def overtime_fen(self) -> int:
        kinds = ("weekday", "rest_day", "holiday")
        return sum(self.totals.get(f"overtime_{kind}_fen", 0) for kind in kinds)

    @property
    def extras_fen(self) -> int:
        """Allowances less absence."""
        return self.totals.get("allowances_fen", 0) - self.totals.get("absence_fen", 0)

    @property
    def is_open(self) -> bool:
        """The preparer may still import, compute and correct."""
        return self.state in OPEN

    @property
    def is_stale(self) -> bool:
        """The attendance has changed since the wages were computed."""
        return self.computed_at is None or (self.changed_at is not None and self.changed_at > self.computed_at)

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    @property
    def tax_month(self) -> Period:
        """The month of payment, which the tax law counts by (61号 art. 6)."""
        return Period.of(self.pay_date)


@audited()
class PayrollInput(TenantModel):
    """One worker's month as the client reports it; days and hours in hundredths, amounts in fen."""

    # Looked up once a statement, with the agency: `StatementKeys` below.
    agency = models.ForeignKey("agency.Agency", models.PROTECT, related_name="+", **BARE)
    run = models.ForeignKey(PayrollRun, models.PROTECT, related_name="inputs", **BARE)
    worker = models.ForeignKey("workers.Worker", models.PROTECT, related_name="+", **BARE)
    days_worked_x100 = models.IntegerField(_("Days worked"), default=0)
    days_absent_x100 = models.IntegerField(_("Days absent"), default=0)
    sick_days_x100 = models.IntegerField(_("Sick days"), default=0)
    overtime_weekday_x100 = models.IntegerField(_("Weekday overtime"), default=0)
    overtime_rest_day_x100 = models.IntegerField(_("Rest day overtime"), default=0)
    overtime_holiday_x100 = models.IntegerField(_("Holiday overtime"), default=0)
    night_shifts = models.IntegerField(_("Night shifts"), default=0)
    allowances_fen = models.BigIntegerField(_("Allowances"), default=0)
    deductions_fen = models.BigIntegerField(_("Deductions"), default=0)
    additional_fen = models.BigIntegerField(_("Special additional deductions of the month"), default=0)
    items = models.JSONField(_("Own columns of the pay scheme"), default=dict, blank=True)
    left_out = models.BooleanField(_("Not in this run"), default=False)
    one_time_fen = models.BigIntegerField(_("Bonus or severance"), default=0)
    taxed_apart = models.BooleanField(_("Bonus taxed apart"), default=True)
    remark = models.CharField(_("Remark"), max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("payroll input")
        verbose_name_plural = _("payroll inputs")
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "run", "worker"], name="payroll_input_uq"),
            StatementKeys(fields=["run", "worker"], name="payroll_input_keys"),
        ]
        indexes = [models.Index(fields=["agency", "worker"], name="payroll_input_worker_ix")]
        triggers = CLOSED_WITH_RUN

    def __str__(self) -> str:
        return f"{self.run_id} {self.worker_id}"
