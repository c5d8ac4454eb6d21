"""Why a placement ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """The grounds on which a client may return a worker, and the other ways a placement ends.

    Returns by the client: Labour Contract Law 65 (with 39, 40) and Interim Provisions on Labour Dispatch 12.
    """

    RESIGNED = "resigned", _("The worker gave notice")
    AGREED = "agreed", _("All agreed")
    TERM_OVER = "term_over", _("The agreed time is over")
    FAULT = "fault", _("Returned: breach of rules (LCL 39)")
    UNFIT = "unfit", _("Returned: unfit or long ill (LCL 40, 1 and 2)")
    BUSINESS = "business", _("Returned: business reasons (DP 12)")
    MOVED = "moved", _("Moved to another post")
    CONTRACT_ENDED = "contract_ended", _("The labour contract ended")
    OTHER = "other", _("Other")


# Chosen by people; the rest is written by the system.
FOR_RETURN = [
    Reason.RESIGNED,
    Reason.AGREED,
    Reason.TERM_OVER,
    Reason.FAULT,
    Reason.UNFIT,
    Reason.BUSINESS,
    Reason.OTHER,
]


def reason_text(stored: str) -> str:
    """Return a reason in the reader's language; a roster's own words stay as they are."""
    return str(Reason(stored).label) if stored in Reason.values else stored
