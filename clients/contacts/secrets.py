from django.urls import reverse

from agency.privacy.revealing import Secret
from clients.models import ClientContact


def phone_of(contact: ClientContact) -> Secret:
    """Return a contact's phone as the pages show it."""
    return Secret(
        "phone",
        contact,
        contact.phone,
        url=reverse("clients:contact_phone", kwargs={"pk": contact.pk}),
        back=reverse("clients:contacts", kwargs={"pk": contact.client_id}),
    )
