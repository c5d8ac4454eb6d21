from typing import Any

from django.utils.translation import gettext_lazy as _

from agency.identifiers.fields import PhoneField
from agency.shell.editing import TenantForm
from agency.shell.widgets import Seg, Switch
from clients.models import ClientContact, Site


class ContactForm(TenantForm):
    """A person at the client. The phone is never shown back: an empty field keeps the one on file."""

    phone = PhoneField(label=_("Phone"), required=False)

    class Meta:
        model = ClientContact
        fields = ["name", "title", "kind", "site", "phone", "is_active"]
        widgets = {"kind": Seg, "is_active": Switch}
        labels = {"name": _("Full name")}
        help_texts = {"is_active": _("Switched off when they have left; what was said with them stays.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept_phone = self.instance.phone
        self.fields["site"].queryset = Site.objects.filter(client=self.instance.client_id, is_active=True)
        if self.instance.pk is None:
            del self.fields["is_active"]
        elif self.kept_phone:
            self.initial["phone"] = ""
            self.fields["phone"].help_text = _("One is on file. Fill in only a new one.")

    def clean_phone(self) -> str:
        """Keep the number on file when none was typed."""
        return self.cleaned_data["phone"] or self.kept_phone
