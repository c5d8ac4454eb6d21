"""Change a layout by two people: one proposes, another approves; the one in use ends where the new one begins."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agency.audit import record
from payroll.files.layouts import LayoutError
from payroll.files.verifying import verify
from payroll.models import FileLayout, LayoutDraft
from payroll.refusals import Refused
from payroll.two_persons import claimed, decide, declined, must_be_another


@dataclass(frozen=True)
class Proposal:
    """A layout as it shall be from `valid_from` on (half-open, without an end)."""

    purpose: str
    key: str
    name: str
    city: str
    spec: dict[str, Any]
    valid_from: dt.date
    source: str
    provisional: bool


def propose(wanted: Proposal, by: Any) -> LayoutDraft:
    """Write a draft. It follows the layout with the same purpose, code and city, if there is one.

    Raises `Refused` for a layout that cannot be written, that changes nothing, that begins before the one in use has
    begun, and while another draft of it waits.
    """
    try:
        verify(wanted.purpose, wanted.spec)
    except LayoutError as error:
        raise Refused(str(error)) from None
    base = running(wanted.purpose, wanted.key, wanted.city)
    if base is not None:
        if wanted.spec == base.spec and (wanted.name, wanted.provisional) == (base.name, base.provisional):
            raise Refused(_("Nothing is different. Change something first."))
        if wanted.valid_from <= base.valid_from:
            raise Refused(_("The layout in use began on %(day)s: begin later.") % {"day": base.valid_from})
    try:
        with transaction.atomic():
            draft = LayoutDraft.objects.create(base=base, proposed_by=by, **vars(wanted))
    except IntegrityError:
        raise Refused(_("A change of this layout waits already. Decide on it first.")) from None
    record("payroll.layout.proposed", subject=draft, actor=by, purpose=draft.purpose, key=draft.key, city=draft.city)
    return draft


def approve(draft: LayoutDraft, by: Any) -> FileLayout:
    """Put a draft into use. Raises `Refused` for one's own draft, a decided one, and one overtaken."""
    must_be_another(draft, by)
    with transaction.atomic():
        draft = claimed(draft)
        base = running(draft.purpose, draft.key, draft.city)
        if (base.pk if base else None) != draft.base_id:
            raise Refused(_("The layout has changed since this was proposed. Propose it again on that one."))
        if base is not None:
            base.valid_to = draft.valid_from
            base.save(update_fields=["valid_to"])
        layout = FileLayout.objects.create(
            purpose=draft.purpose,
            key=draft.key,
            name=draft.name,
            city=draft.city,
            spec=draft.spec,
            valid_from=draft.valid_from,
            source=draft.source,
            provisional=draft.provisional,
        )
        decide(draft, LayoutDraft.State.APPROVED, by)
        record("payroll.layout.approved", subject=draft, actor=by, purpose=draft.purpose, key=draft.key)
    return layout


def decline(draft: LayoutDraft, by: Any, reason: str = "") -> LayoutDraft:
    """Decline a draft, or take one's own back. Raises `Refused` when it was decided already."""
    with transaction.atomic():
        draft = declined(draft, by, reason)
        record("payroll.layout.declined", subject=draft, actor=by, reason=reason)
    return draft


def running(purpose: str, key: str, city: str) -> FileLayout | None:
    """Return the layout of a code that has no end yet."""
    return FileLayout.objects.filter(purpose=purpose, key=key, city=city, valid_to=None).first()
