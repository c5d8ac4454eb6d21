from django.db import models
from django.utils.translation import gettext_lazy as _

from agency.audit.history import audited
from agency.named import Named
from agency.privacy.fields import BlindIndexField, EncryptedTextField
from agency.privacy.retention import WHILE_CLIENT, retain


@audited()
class ClientContact(Named):
    """A person at the client: line manager, middle manager, HR or finance."""

    class Kind(models.TextChoices):
        LINE = "line", _("Line manager")
        MIDDLE = "middle", _("Middle manager")
        HR = "hr", _("HR")
        FINANCE = "finance", _("Finance")

    client = models.ForeignKey("clients.ClientEnterprise", models.PROTECT, related_name="contacts")
    site = models.ForeignKey("clients.Site", models.PROTECT, null=True, blank=True, related_name="contacts")
    title = models.CharField(_("Position"), max_length=40, blank=True)
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind, default=Kind.LINE)
    phone = EncryptedTextField(_("Phone"), purpose="phone", blank=True)
    phone_index = BlindIndexField(source="phone")
    is_active = models.BooleanField(_("Still there"), default=True)

    class Meta(Named.Meta):
        verbose_name = _("client contact")
        verbose_name_plural = _("client contacts")
        indexes = [models.Index(fields=["agency", "client", "name_pinyin"], name="clients_contact_name_ix")]


retain(
    "clients.ClientContact",
    ["name", "name_pinyin", "name_initials", "phone", "phone_index"],
    purpose="talking with the client's managers",
    keep=WHILE_CLIENT,
)
