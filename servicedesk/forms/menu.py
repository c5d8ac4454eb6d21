from django.utils.translation import gettext_lazy as _

from agency.navigation import Item, register
from agency.permissions import can
from agency.permissions.requests import StaffRequest

from .models import FormSubmission


def waiting(request: StaffRequest) -> int:
    """How many forms wait for this reviewer."""
    if not can(request.user, "forms.submission.review"):
        return 0
    return FormSubmission.objects.awaiting_review().count()


register(
    Item(
        _("Forms"), "archive", "servicedesk:forms", group="business", permission="forms.submission.view", order=60,
        counter=waiting,
    )
)  # fmt: skip
