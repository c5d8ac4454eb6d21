from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from payroll.files.layout_models import FileLayout
from payroll.two_persons import Draft, kept, second_person


@audited()
class LayoutDraft(Draft):
    """A proposed layout: one that follows `base` from a day on, without a base a new one, or no other (`ends`)."""

    base = models.ForeignKey(FileLayout, models.PROTECT, related_name="drafts", null=True)
    purpose = models.CharField(_("For"), max_length=20, choices=FileLayout.Purpose)
    key = models.CharField(_("Code"), max_length=30)
    name = models.CharField(_("Layout"), max_length=40)
    city = models.CharField(_("City"), max_length=20, blank=True)
    spec = models.JSONField(_("Columns and lines"))
    valid_from = models.DateField(_("From"))
    ends = models.BooleanField(_("Ends without another"), default=False)
    provisional = models.BooleanField(_("Provisional"), default=True)

    class Meta(Draft.Meta):
        verbose_name = _("draft of a layout")
        verbose_name_plural = _("drafts of layouts")
        ordering = ["-proposed_at"]
        constraints = [
            *Draft.Meta.constraints,
            second_person("payroll_layout_second_person"),
            models.UniqueConstraint(
                fields=["agency", "purpose", "key", "city"],
                condition=Q(state="proposed"),
                name="payroll_layout_draft_open_uq",
            ),
        ]
        triggers = kept("base", "purpose", "key", "name", "city", "spec", "valid_from", "provisional", "ends")

    def __str__(self) -> str:
        return self.name
