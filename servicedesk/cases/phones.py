"""The phone to call back: the worker's, the contact's, or the one a caller left."""

from django.urls import reverse

from agency.privacy.revealing import Secret
from clients.contacts.secrets import phone_of as contact_phone
from workers.people.secrets import phone_of as worker_phone

from .models import Case


def phone_of(case: Case) -> Secret:
    """Return the number as pages show it: masked, and in full on a click that is kept."""
    if case.worker:
        return worker_phone(case.worker)
    if case.contact:
        return contact_phone(case.contact)
    page = reverse("servicedesk:case", args=[case.pk])
    return Secret("phone", case, case.phone, reverse("servicedesk:case_phone", args=[case.pk]), back=page)
