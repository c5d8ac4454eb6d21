"""Give a case to somebody else, or keep it from the specialists from now on."""

from django.db import transaction
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember
from agency.notifications.models import Notification

from .custody import in_charge, may_hold
from .models import Case, CaseEntry
from .refusals import Refused
from .telling import case_url, tell_handed_over


@transaction.atomic
def hand_over(case: Case, to: StaffMember, by: StaffMember, why: str = "") -> CaseEntry:
    """Give a case to somebody who may see it, and tell them. Raises `Refused` when they may not, or have it."""
    if to.pk == case.assignee_id:
        raise Refused(_("%(name)s has this case already.") % {"name": to.name})
    if not may_hold(case, to):
        raise Refused(_("%(name)s may not see this case. Choose somebody else.") % {"name": to.name})
    return _give(case, to, by, why)


@transaction.atomic
def keep_from_specialists(case: Case, about: StaffMember, by: StaffMember) -> None:
    """Say that a case is about one of us: from now on head office alone sees it, and notes about it are taken back.

    Raises `Refused` when nobody at head office may hold it.
    """
    to = in_charge(case.client, confidential=True, about=about)
    if to is None:
        raise Refused(_("Nobody at head office may see such a case. Give somebody the reviewer's role first."))
    case.confidential, case.about = True, about
    moves = case.assignee_id != to.pk
    case.assignee = to
    case.save(update_fields=["confidential", "about", "assignee"])
    Notification.objects.filter(url=case_url(case)).delete()
    record("cases.case.kept_from_specialists", subject=case)
    if moves:
        _give(case, to, by, "")


def _give(case: Case, to: StaffMember, by: StaffMember, why: str) -> CaseEntry:
    case.assignee = to
    case.save(update_fields=["assignee"])
    entry = CaseEntry.objects.create(case=case, kind=CaseEntry.Kind.HAND_OVER, staff=by, to_staff=to, text=why.strip())
    record("cases.case.handed_over", subject=case, to=to.pk)
    tell_handed_over(case, entry.pk)
    return entry
