"""What cases are about, with their deadlines, and ready-made words to answer with: data of each agency."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.languages import by_language
from agency.tenancy.base import TenantModel
from agency.validity import Valid, no_overlap

from .deadlines import ServiceHours


@audited()
class CaseCategory(Valid):
    """A category and its deadlines, in hours of service between `opens` and `closes` on workdays; without: any hour.

    A category `about_staff` is a complaint about one of us: it goes to head office, past every specialist.
    """

    class Kind(models.TextChoices):
        CONSULTATION = "consultation", _("Consultation")
        COMPLAINT = "complaint", _("Complaint")
        INJURY = "injury", _("Injury")
        PAYSLIP = "payslip", _("Payslip")

    key = models.SlugField(_("Key"), max_length=40)
    label = models.CharField(_("Label"), max_length=20)
    label_en = models.CharField(_("English label"), max_length=40, blank=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    about_staff = models.BooleanField(_("About one of us"), default=False)
    on_public_page = models.BooleanField(_("Workers may choose it"), default=True)
    answer_hours = models.PositiveSmallIntegerField(_("First answer within (hours)"))
    resolution_hours = models.PositiveSmallIntegerField(_("Settled within (hours)"))
    opens = models.TimeField(_("Service from"), null=True, blank=True)
    closes = models.TimeField(_("Service until"), null=True, blank=True)
    quiet_days = models.PositiveSmallIntegerField(_("Closed after (days without a word)"), default=7)
    order = models.PositiveSmallIntegerField(_("Order"), default=50)
    source = models.CharField(_("Source"), max_length=200)
    is_provisional = models.BooleanField(_("Still to be confirmed"), default=False)

    class Meta(Valid.Meta):
        verbose_name = _("case category")
        verbose_name_plural = _("case categories")
        ordering = ["order", "pk"]
        constraints = [
            *Valid.Meta.constraints,
            no_overlap("servicedesk_casecategory_one", "key"),
            models.CheckConstraint(
                condition=Q(opens=None, closes=None) | Q(opens__lt=F("closes")),
                name="servicedesk_casecategory_hours_ck",
            ),
            models.CheckConstraint(
                condition=Q(answer_hours__gte=1, resolution_hours__gte=F("answer_hours")),
                name="servicedesk_casecategory_order_ck",
            ),
        ]

    def __str__(self) -> str:
        return by_language(self.label, self.label_en)

    def service(self, calendar: Any) -> ServiceHours | None:
        """Return the hours in which the deadlines run, on the agency's workdays; None around the clock."""
        if self.opens is None or self.closes is None:
            return None
        return ServiceHours(self.opens, self.closes, calendar.on_or_after)


class CannedAnswer(TenantModel):
    """Ready-made words for a frequent question, to be finished by hand. Without a category they fit any."""

    category_key = models.SlugField(_("Category"), max_length=40, blank=True)
    title = models.CharField(_("Title"), max_length=30)
    text = models.TextField(_("Text"), max_length=2000)
    order = models.PositiveSmallIntegerField(_("Order"), default=50)
    is_active = models.BooleanField(_("In use"), default=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("ready-made answer")
        verbose_name_plural = _("ready-made answers")
        ordering = ["order", "pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "title"], name="servicedesk_cannedanswer_uq"),
        ]

    def __str__(self) -> str:
        return self.title
