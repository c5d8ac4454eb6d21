"""Change the rules by two people: one proposes an edition, another approves it; only then it is computed by."""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agency.audit import record
from payroll.models import ContributionPolicy, PolicyDraft, TaxPolicy
from payroll.refusals import Refused
from payroll.telling import tell_approvers
from payroll.two_persons import claimed, decide, declined, must_be_another

from .city_reading import city_book
from .tax_reading import tax_book
from .validity import PolicyError

Policy = ContributionPolicy | TaxPolicy


def propose(base: Policy, book: dict[str, Any], source: str, by: Any) -> PolicyDraft:
    """Write a draft of the next edition; `by` is None for rules that came with the program.

    Raises `Refused` for a book that cannot be, or one that changes nothing.
    """
    city = getattr(base, "city", "")
    try:
        _rules(city, book)
    except PolicyError as error:
        raise Refused(_("These rules cannot be: %s") % error) from None
    if digest_of(book) == digest_of(base.book):
        raise Refused(_("Nothing is different. Change a figure first."))
    draft = PolicyDraft.objects.create(
        city=city, base_edition=base.edition, before=base.book, book=book, source=source, proposed_by=by
    )
    record("payroll.policy.proposed", subject=draft, actor=by, city=city, source=source)
    tell_approvers(draft, lambda: _waiting(city), "payroll:policy_draft", by)
    return draft


def approve(draft: PolicyDraft, by: Any) -> Policy:
    """Make the draft the next edition. Raises `Refused` for one's own draft, a decided one, and one overtaken."""
    must_be_another(draft, by)
    with transaction.atomic():
        draft = claimed(draft)
        latest = latest_of(draft.city)
        if latest is None or latest.edition != draft.base_edition:
            raise Refused(_("Another edition has come since this was proposed. Propose it again on that one."))
        rules = _rules(draft.city, draft.book)
        values = {"city": draft.city} if draft.city else {}
        edition = type(latest)._default_manager.create(
            **values,
            edition=latest.edition + 1,
            book=draft.book,
            digest=digest_of(draft.book),
            source=draft.source,
            provisional=any(rule.provisional for rule in rules),
            valid_from=min(rule.valid_from for rule in rules),
        )
        decide(draft, PolicyDraft.State.APPROVED, by)
        record("payroll.policy.approved", subject=draft, actor=by, city=draft.city, edition=edition.edition)
    return edition


def reject(draft: PolicyDraft, by: Any, reason: str = "") -> PolicyDraft:
    """Decline a draft, or take one's own back. Raises `Refused` when it was decided already."""
    with transaction.atomic():
        draft = declined(draft, by, reason)
        record("payroll.policy.declined", subject=draft, actor=by, city=draft.city, reason=reason)
    return draft


def latest_of(city: str) -> Policy | None:
    """Return the newest edition of a city's rules, or of the income tax for an empty city."""
    if city:
        return ContributionPolicy.objects.filter(city=city).latest_first().first()
    return TaxPolicy.objects.latest_first().first()


def is_own(edition: Policy) -> bool:
    """Tell whether an edition was written by people of the agency, and did not come with the program."""
    decided = PolicyDraft.objects.filter(city=getattr(edition, "city", ""), state=PolicyDraft.State.APPROVED)
    return decided.filter(base_edition=edition.edition - 1).exclude(proposed_by=None).exists()


def digest_of(book: Any) -> str:
    """Return what tells whether two books are the same."""
    return hashlib.sha256(json.dumps(book, sort_keys=True).encode()).hexdigest()


def _waiting(city: str) -> str:
    if not city:
        return _("New income tax rules wait for your approval")
    return _("New rules of %(city)s wait for your approval") % {"city": city}


def _rules(city: str, book: dict[str, Any]) -> tuple[Any, ...]:
    if city:
        found = city_book(book, city)
        if found.city != city:
            raise PolicyError(city, f"these are the rules of {found.city}")
        return found.rules
    tax = tax_book(book, "income tax")
    return (*tax.tables, *tax.basic, *tax.costs, *tax.additional, *tax.other)
