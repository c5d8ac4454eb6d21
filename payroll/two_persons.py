"""What one person proposes and another approves: the state of a draft, and the promise of the database."""

from typing import Any, TypeVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.tenancy.base import TenantModel
from payroll.refusals import Refused

D = TypeVar("D", bound="Draft")


class Draft(TenantModel):
    """A proposal; one that came with the program is proposed by nobody: whoever approves is the second person."""

    class State(models.TextChoices):
        PROPOSED = "proposed", gettext_lazy("Waits for a second person")
        APPROVED = "approved", gettext_lazy("Approved")
        REJECTED = "rejected", gettext_lazy("Declined")
        WITHDRAWN = "withdrawn", gettext_lazy("Taken back")

    source = models.CharField(gettext_lazy("Source"), max_length=400)
    state = models.CharField(gettext_lazy("State"), max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+", null=True)
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey("agency.StaffMember", models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(gettext_lazy("Why not"), max_length=400, blank=True)

    class Meta(TenantModel.Meta):
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.state == self.State.PROPOSED


def second_person(name: str) -> models.CheckConstraint:
    """Return the database's promise that nobody approves their own draft."""
    return models.CheckConstraint(
        condition=~Q(state="approved")
        | Q(decided_by__isnull=False, proposed_by=None)
        | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
        name=name,
    )


def kept(*written: str) -> list[pgtrigger.Trigger]:
    """Return triggers that keep a decided draft as it is, and `written` as it was proposed."""
    return [
        pgtrigger.Protect(
            name="decided_once",
            operation=pgtrigger.Update | pgtrigger.Delete,
            condition=pgtrigger.Q(old__state__in=["approved", "rejected", "withdrawn"]),
        ),
        pgtrigger.Protect(
            name="written_once",
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(*written, "source", "proposed_by"),
        ),
    ]


def must_be_another(draft: Draft, by: Any) -> None:
    """Raise `Refused` for one's own draft."""
    if draft.proposed_by_id == by.pk:
        raise Refused(_("You proposed this yourself. A second person approves it."))


def claimed(draft: D) -> D:
    """Lock an open draft. Raises `Refused` when it was decided already."""
    locked = type(draft)._default_manager.select_for_update(of=("self",)).get(pk=draft.pk)
    if not locked.is_open:
        raise Refused(_("This was decided already."))
    return locked


def decide(draft: Draft, state: str, by: Any, reason: str = "") -> None:
    """Write down how a claimed draft was decided."""
    draft.state, draft.decided_by, draft.decided_at, draft.reason = state, by, timezone.now(), reason
    draft.save(update_fields=["state", "decided_by", "decided_at", "reason"])


def declined(draft: D, by: Any, reason: str) -> D:
    """Decline a draft, or take one's own back. Raises `Refused` when it was decided already."""
    draft = claimed(draft)
    own = draft.proposed_by_id == by.pk
    decide(draft, Draft.State.WITHDRAWN if own else Draft.State.REJECTED, by, reason)
    return draft
