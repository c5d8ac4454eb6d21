"""The page on which a second person declines a draft, or its writer takes it back."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.permissions.requests import StaffRequest
from agency.shell.editing import edit

from .refusals import Refused
from .two_persons import Draft

Decline = Callable[[Any, Any, str], object]


class DeclineForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why not"), max_length=400)


def decline_page(
    request: StaffRequest, draft: Draft, decline: Decline, *, url: str, after: str, done: str
) -> HttpResponse:
    """Ask for the reason and call ``decline(draft, by, reason)``; ``url`` names the page of a draft."""

    def save(form: DeclineForm) -> str:
        if draft.proposed_by_id != request.user.pk and not request.user.can("payroll.policy.approve"):
            raise ValidationError(_("Only who may approve it can decline it."))
        try:
            decline(draft, request.user, form.cleaned_data["reason"])
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
        return after

    return edit(
        request,
        DeclineForm(request.POST or None),
        save,
        title=_("Decline"),
        verb=_("Decline"),
        done=done,
        back=reverse(url, args=[draft.pk]),
        crumb=str(draft),
    )
