from django.urls import reverse

from agency.models import StaffMember
from agency.privacy.revealing import Secret
from training.hiring.models import Candidate
from training.hiring.private import contact_for


def phone_of(staff: StaffMember, candidate: Candidate) -> Secret | None:
    """Return a candidate's phone as the pages show it, to those who may know the name; None for others."""
    contact = contact_for(staff, candidate)
    if contact is None:
        return None
    return Secret(
        "candidate_phone",
        candidate,
        contact.phone,
        url=reverse("training:candidate_phone", kwargs={"pk": candidate.pk}),
        back=reverse("training:candidate", kwargs={"pk": candidate.pk}),
    )
