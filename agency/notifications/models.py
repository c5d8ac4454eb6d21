from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agency.tenancy.base import AgencyManager, AgencyQuerySet, TenantModel


class NotificationQuerySet(AgencyQuerySet):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def mark_read(self) -> int:
        """Mark those that are unread as read now; return how many there were."""
        return self.unread().update(read_at=timezone.now())


class NotificationManager(AgencyManager.from_queryset(NotificationQuerySet)):  # type: ignore[misc]
    pass


class Notification(TenantModel):
    """One line that tells a staff member what happened and where to go on."""

    staff = models.ForeignKey("agency.StaffMember", models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=60, help_text="Dotted name of what happened, such as forms.returned.")
    title = models.CharField(_("Title"), max_length=160)
    body = models.CharField(_("Text"), max_length=400, blank=True)
    url = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=160, null=True, blank=True, help_text="The same key notifies once.")
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationManager()

    class Meta(TenantModel.Meta):
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["agency", "staff", "-created_at"], name="agency_notification_at_ix"),
            models.Index(
                fields=["agency", "staff"],
                condition=models.Q(read_at=None),
                name="agency_notification_new_ix",
            ),
        ]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["agency", "staff", "key"], name="agency_notification_key_uq"),
        ]

    def __str__(self) -> str:
        return self.title
