from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import StaffMember


class SignInForm(forms.Form):
    """Phone or e-mail, and password."""

    username = forms.CharField(
        label=_("Phone or e-mail"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.staff: StaffMember | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("username") and data.get("password"):
            self.staff = authenticate(self.request, username=data["username"], password=data["password"])
            if self.staff is None:
                raise ValidationError(
                    _(
                        "Phone or e-mail and password do not match. Check both; "
                        "five wrong tries lock you out for 15 minutes."
                    )
                )
        return data


class CodeForm(forms.Form):
    """The six digits of the second factor."""

    code = forms.RegexField(
        r"^\d{6}$",
        label=_("Six-digit code"),
        error_messages={"invalid": _("The code has 6 digits. Read it again from your authenticator app.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}),
    )
