"""Change a layout by two people: one proposes, another approves.

The one in use ends where the new one begins, or for good where nobody needs it any more.
"""

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
from payroll.telling import tell_approvers
from payroll.two_persons import claimed, decide, declined, must_be_another

from .needs import must_not_be_needed


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
    tell_approvers(draft, lambda: _waiting(draft), "payroll:layout_draft", by)
    return draft


def propose_end(layout: FileLayout, on: dt.date, why: str, by: Any) -> LayoutDraft:
    """Propose that nothing follows a layout from a day on.

    Raises `Refused` when it ended before or begins only then, while another draft of it waits, and naming who still
    needs it.
    """
    if layout.valid_to is not None or on <= layout.valid_from:
        raise Refused(_("It ends already, or has not begun by that day. Choose a later day."))
    must_not_be_needed(layout, on)
    names = ("purpose", "key", "name", "city", "spec", "provisional")
    try:
        with transaction.atomic():
            draft = LayoutDraft.objects.create(
                base=layout, proposed_by=by, source=why, valid_from=on, ends=True,
                **{name: getattr(layout, name) for name in names},
            )  # fmt: skip
    except IntegrityError:
        raise Refused(_("A change of this layout waits already. Decide on it first.")) from None
    record("payroll.layout.end_proposed", subject=draft, actor=by, purpose=draft.purpose, key=draft.key)
    return draft


def approve(draft: LayoutDraft, by: Any) -> FileLayout:
    """Put a draft into use. Raises `Refused` for one's own draft, a decided one, and one overtaken; of one that ends
    a layout also when somebody needs it by now.
    """
    must_be_another(draft, by)
    with transaction.atomic():
        draft = claimed(draft)
        base = running(draft.purpose, draft.key, draft.city)
        if (base.pk if base else None) != draft.base_id:
            raise Refused(_("The layout has changed since this was proposed. Propose it again on that one."))
        if base is not None:
            if draft.ends:
                must_not_be_needed(base, draft.valid_from)
            base.valid_to = draft.valid_from
            base.save(update_fields=["valid_to"])
        layout = base if draft.ends and base is not None else _written(draft)
        decide(draft, LayoutDraft.State.APPROVED, by)
        name = "payroll.layout.ended" if draft.ends else "payroll.layout.approved"
        record(name, subject=draft, actor=by, purpose=draft.purpose, key=draft.key)
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


def _written(draft: LayoutDraft) -> FileLayout:
    names = ("purpose", "key", "name", "city", "spec", "valid_from", "source", "provisional")
    return FileLayout.objects.create(**{name: getattr(draft, name) for name in names})


def _waiting(draft: LayoutDraft) -> str:
    return _("A change waits for your approval: %(name)s") % {"name": draft.name}
