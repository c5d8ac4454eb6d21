"""Cases that belong together: one that repeats another is joined to it, cases with one cause are linked."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from agency.models import StaffMember

from .models import Case, CaseEntry, CaseLink
from .moving import move
from .refusals import Refused
from .states import allows


@transaction.atomic
def merge(case: Case, into: Case, by: StaffMember) -> None:
    """Join a case to another that asks the same: it closes, and its asker reads the answers given to the other.

    Raises `Refused` for cases of two clients, for a finished one, and where one is for head office only.
    """
    if case.pk == into.pk or case.client_id != into.client_id or case.confidential != into.confidential:
        raise Refused(_("Only cases of one client that the same people may see can be joined."))
    if into.is_finished or into.merged_into_id or not allows("merge", case.state) or case.merged.exists():
        raise Refused(_("Both cases must be unfinished, and neither may have been joined before."))
    if case.about_id != into.about_id:
        raise Refused(_("Only cases of one client that the same people may see can be joined."))
    move(case, "merge", by, merged_into=into, closed_at=timezone.now(), due_at=None)
    for one, other in ((case, into), (into, case)):
        CaseEntry.objects.create(case=one, kind=CaseEntry.Kind.MERGED, staff=by, other=other)
    record("cases.case.merged", subject=case, into=into.number)


@transaction.atomic
def link(case: Case, other: Case, by: StaffMember) -> CaseLink:
    """Remember that two cases have one cause. Raises `Refused` for a case and itself."""
    if case.pk == other.pk:
        raise Refused(_("A case cannot be linked to itself. Give another number."))
    first, second = sorted((case, other), key=lambda one: one.pk)
    made, is_new = CaseLink.objects.get_or_create(first=first, second=second)
    if is_new:
        CaseEntry.objects.create(case=case, kind=CaseEntry.Kind.LINKED, staff=by, other=other)
        record("cases.case.linked", subject=case, other=other.number)
    return made


def linked_to(case: Case) -> QuerySet[Case]:
    """Return the cases linked to this one; the caller limits them to what the viewer may see."""
    pairs = CaseLink.objects.filter(Q(first=case) | Q(second=case))
    ids = {pk for pair in pairs.values_list("first", "second") for pk in pair} - {case.pk}
    return Case.objects.filter(pk__in=ids)
