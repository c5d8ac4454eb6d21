import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.privacy.retention import SECURITY_LOG, retain
from agency.tenancy.base import TenantModel


class BusinessEvent(TenantModel):
    """Something people did that matters to the business, under a stable dotted name. Append-only."""

    name = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)
    actor_id_at_the_time = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=40, blank=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    subject_label = models.CharField(max_length=120, blank=True)
    data = models.JSONField(default=dict)
    ip = models.CharField(max_length=45, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["agency", "-at"], name="agency_event_at_ix"),
            models.Index(fields=["agency", "name", "-at"], name="agency_event_name_ix"),
            models.Index(fields=["agency", "subject_type", "subject_id"], name="agency_event_subject_ix"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.name


retain("agency.BusinessEvent", ["actor_name", "ip"], purpose="proof of who did what", keep=SECURITY_LOG)
