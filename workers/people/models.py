import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.named import Named
from agency.privacy.fields import BlindIndexField, EncryptedTextField
from agency.privacy.retention import WAGE_RECORD, WHILE_EMPLOYED, retain
from agency.validity import Valid, no_overlap

from .queries import WorkerManager

# Follows the labour contracts by a trigger (contracts/triggers.py); Python never writes it.
SPAN = ["joined_on", "left_on"]


@audited(exclude=SPAN)
class Worker(Named):
    """A dispatched worker (派遣员工), employed by the agency. Found by name, initials, number or phone tail."""

    class Sex(models.TextChoices):
        MALE = "M", _("Male")
        FEMALE = "F", _("Female")

    class Hukou(models.TextChoices):
        URBAN = "urban", _("Urban")
        RURAL = "rural", _("Rural")

    employee_no = models.CharField(_("Employee number"), max_length=20, blank=True)
    identity_number = EncryptedTextField(_("Identity number"), purpose="identity_number")
    identity_index = BlindIndexField(source="identity_number")
    birth_date = models.DateField(_("Birth date"))
    sex = models.CharField(_("Sex"), max_length=1, choices=Sex)
    hukou = models.CharField(_("Hukou"), max_length=6, choices=Hukou, blank=True)
    phone = EncryptedTextField(_("Phone"), purpose="phone", blank=True)
    phone_index = BlindIndexField(source="phone")
    phone_tail = models.CharField(max_length=4, blank=True, editable=False)
    joined_on = models.DateField(_("Joined on"), null=True, editable=False)
    left_on = models.DateField(_("Left on"), null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WorkerManager()

    class Meta(Named.Meta):
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        constraints = [
            *Named.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "identity_index"], name="workers_worker_identity_uq"),
            models.UniqueConstraint(
                fields=["agency", "employee_no"],
                name="workers_worker_number_uq",
                condition=~models.Q(employee_no=""),
            ),
        ]
        indexes = [
            # The lists walk these three to any depth without touching a row.
            models.Index(fields=["agency", "name_pinyin", "id"], include=["left_on"], name="workers_worker_name_ix"),
            models.Index(fields=["agency", "employee_no", "id"], include=["left_on"], name="workers_worker_no_ix"),
            models.Index(fields=["agency", "joined_on", "id"], include=["left_on"], name="workers_worker_joined_ix"),
            models.Index(fields=["agency", "name"], name="workers_worker_han_ix"),
            models.Index(fields=["agency", "name_initials"], name="workers_worker_initials_ix"),
            models.Index(fields=["agency", "phone_tail"], name="workers_worker_tail_ix"),
            models.Index(fields=["agency", "phone_index"], name="workers_worker_phone_ix"),
        ]

    def fill_sort_key(self) -> None:
        super().fill_sort_key()
        self.phone_tail = str(self.phone)[-4:] if self.phone else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is not None and "phone" in fields:
            kwargs["update_fields"] = {*fields, "phone_tail", "phone_index"}
        if fields is None and not self._state.adding:
            # What this object read of the span may be older than the contracts.
            written = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            kwargs["update_fields"] = written.difference(SPAN, self.get_deferred_fields())
        super().save(*args, **kwargs)

    def is_employed_on(self, day: dt.date) -> bool:
        """Tell whether a labour contract runs or will run after that day, or none was written down yet."""
        return self.left_on is None or self.left_on > day


@audited()
class BankAccount(Valid):
    """Where a worker's wages go; one account at a time."""

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="bank_accounts")
    bank = models.CharField(_("Bank"), max_length=60)
    holder = models.CharField(_("Account holder"), max_length=40)
    number = EncryptedTextField(_("Account number"), purpose="bank_account")
    number_index = BlindIndexField(source="number")

    class Meta(Valid.Meta):
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["-valid_from"]
        constraints = [*Valid.Meta.constraints, no_overlap("workers_bankaccount_one", "worker", fields_first=True)]
        indexes = [models.Index(fields=["agency", "number_index"], name="workers_bank_number_ix")]

    def __str__(self) -> str:
        return self.bank


retain(
    "workers.Worker",
    [
        *("name", "name_pinyin", "name_initials", "phone", "phone_index", "phone_tail"),
        *("identity_number", "identity_index", "birth_date", "sex", "hukou"),
    ],
    purpose="labour contract, social insurance, tax, care for the worker",
    keep=WHILE_EMPLOYED,
)
retain(
    "workers.BankAccount",
    ["holder", "number", "number_index"],
    purpose="paying wages",
    keep=WAGE_RECORD,
)
