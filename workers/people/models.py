from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.named import Named
from agency.privacy.fields import BlindIndexField, EncryptedTextField
from agency.privacy.retention import WAGE_RECORD, WHILE_EMPLOYED, retain
from agency.validity import Valid, no_overlap


@audited()
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
    created_at = models.DateTimeField(auto_now_add=True)

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
            models.Index(fields=["agency", "name_pinyin", "id"], name="workers_worker_name_ix"),
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
        super().save(*args, **kwargs)


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
        constraints = [*Valid.Meta.constraints, no_overlap("workers_bankaccount_one", "worker")]
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
