"""Layouts of files as rows: how one kind of file is written or read, from a day on."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.validity import Valid, no_overlap


@audited()
class FileLayout(Valid):
    """How one kind of file is written, as data (`layouts.read_layout`). A layout in use is ended, never changed."""

    class Purpose(models.TextChoices):
        BANK = "bank", _("Bank batch")
        SALARY_TAX = "salary_tax", _("Tax client: wages")
        PERSONNEL = "personnel", _("Tax client: people")
        INSURANCE_ADD = "insurance_add", _("Insurance: joining")
        INSURANCE_REMOVE = "insurance_remove", _("Insurance: leaving")
        BONUS_TAX = "bonus_tax", _("Tax client: yearly bonus")
        SEVERANCE_TAX = "severance_tax", _("Tax client: severance")
        STUDENT_TAX = "student_tax", _("Tax client: students")
        CUTOFF = "cutoff", _("Cut-off days")
        BUREAU_LIST = "bureau_list", _("List of a bureau")

    purpose = models.CharField(_("For"), max_length=20, choices=Purpose)
    key = models.CharField(_("Code"), max_length=30)
    name = models.CharField(_("Layout"), max_length=40)
    city = models.CharField(_("City"), max_length=20, blank=True, help_text=_("Empty: every city."))
    spec = models.JSONField(_("Columns and lines"))
    source = models.CharField(_("Source"), max_length=200)
    provisional = models.BooleanField(_("Provisional"), default=True)

    class Meta(Valid.Meta):
        verbose_name = _("file layout")
        verbose_name_plural = _("file layouts")
        ordering = ["purpose", "name"]
        constraints = [*Valid.Meta.constraints, no_overlap("payroll_layout_one", "purpose", "key", "city")]
        triggers = [pgtrigger.ReadOnly(name="written_once", fields=["purpose", "key", "city", "spec", "valid_from"])]

    def __str__(self) -> str:
        return self.name
