from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.tenancy.base import TenantModel


@audited()
class PlanChange(TenantModel):
    """One departure of a month's plan, with who and why; `before` and `after` are [opens_on, due_on] of a move.

    Made in a draft, it is approved with the plan. After the approval the plan stays the standard: what a specialist
    wants then is asked for, and holds once head office agrees.
    """

    class Kind(models.TextChoices):
        ADDED = "added", _("added")
        MOVED = "moved", _("moved")
        LEFT_OUT = "left_out", _("left out")
        TAKEN_UP = "taken_up", _("taken up again")

    class State(models.TextChoices):
        MADE = "made", _("holds")
        ASKED = "asked", _("asked for")
        DECLINED = "declined", _("declined")

    task = models.ForeignKey("servicedesk.Task", models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.MADE)
    after_approval = models.BooleanField(default=False)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    by = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey("agency.StaffMember", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("change of a plan")
        verbose_name_plural = _("changes of plans")
        ordering = ["-made_at", "-pk"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["agency", "task"], condition=models.Q(state="asked"), name="servicedesk_change_asked_uq"
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "made_at"], condition=models.Q(state="asked"), name="servicedesk_change_asked_ix"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.task_id}"
