"""Tell those who may approve that a draft waits for them."""

from typing import Any

from django.urls import reverse

from agency.models import StaffMember
from agency.notifications.sending import Text, notify_all
from agency.permissions.table import GRANTS

from .two_persons import Draft

APPROVE = "payroll.policy.approve"


def tell_approvers(draft: Draft, title: Text, url_name: str, by: Any) -> None:
    """Leave a notification for everybody who may decide on a draft, once; `by`, who proposed it, may not."""
    people = StaffMember.objects.active().filter(roles__role__in=GRANTS[APPROVE]).distinct()
    if by is not None:
        people = people.exclude(pk=by.pk)
    kind = "payroll.draft.waits"
    notify_all(
        people,
        kind,
        title,
        reverse(url_name, args=[draft.pk]),
        body=draft.source,
        key=f"{draft._meta.model_name}-{draft.pk}",
    )
