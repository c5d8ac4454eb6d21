"""Propose a change of the rules, and let a second person decide."""

import datetime as dt
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agency.calendar import today
from agency.periods import Period
from agency.permissions import permit, visible
from agency.permissions.requests import StaffRequest
from agency.shell.confirmation import confirmed
from agency.shell.editing import edit
from agency.shell.toasts import toast, warn
from payroll.declining import decline_page
from payroll.models import ContributionPolicy, PolicyDraft
from payroll.refusals import Refused

from .changing import changed, differing
from .choosing import book_of_city
from .drafts import Policy, approve, latest_of, propose, reject
from .forms import RuleForm, TaxRulesForm
from .installing import ensure_policies
from .names import INSURANCE_NAMES
from .validity import PolicyError


@permit("payroll.policy.edit")
def rule(request: StaffRequest, pk: int, place: int) -> HttpResponse:
    """Propose new figures of one insurance; `place` is the rule's in the edition."""
    edition = get_object_or_404(visible(request.user, ContributionPolicy), pk=pk)
    rules = book_of_city(edition).rules
    if place >= len(rules):
        raise Http404
    dated = rules[place]
    initial = RuleForm.figures_of(dated) | {"since": Period.of(today())}

    def save(form: RuleForm) -> str:
        try:
            book = changed(edition.book, form.change_of(dated.rule))
        except PolicyError as error:
            raise ValidationError(_("These rules cannot be: %s") % error) from None
        return _proposed(request, edition, book, form.cleaned_data["source"])

    return edit(
        request,
        RuleForm(request.POST or None, initial=initial),
        save,
        title=INSURANCE_NAMES[dated.rule.terms.insurance],
        verb=_("Propose"),
        done=_("Proposed. A second person approves it."),
        back=_page_of(edition.city),
        crumb=edition.city,
        lead=_("Nothing is computed by it until a second person has approved it."),
    )


@permit("payroll.policy.edit")
def tax(request: StaffRequest) -> HttpResponse:
    """Propose new rules of the income tax."""
    ensure_policies()
    edition = latest_of("")
    if edition is None:
        raise Http404
    text = json.dumps(edition.book, ensure_ascii=False, indent=1)
    return edit(
        request,
        TaxRulesForm(request.POST or None, initial={"book": text}),
        lambda form: _proposed(request, edition, form.cleaned_data["book"], form.cleaned_data["source"]),
        title=_("Income tax"),
        verb=_("Propose"),
        done=_("Proposed. A second person approves it."),
        back=_page_of(""),
        lead=_("Nothing is computed by it until a second person has approved it."),
    )


@permit("payroll.policy.view")
@require_GET
def draft(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what a draft changes."""
    found = _draft_or_404(request, pk)
    changes = [
        {"name": name, "insurance": INSURANCE_NAMES[name.split()[0]], "before": _dated(before), "after": _dated(after)}
        for name, before, after in differing(found.before, found.book)
    ]
    context = {
        "draft": found,
        "changes": changes,
        "open": found.state == PolicyDraft.State.PROPOSED,
        "own": found.proposed_by_id == request.user.pk,
        "before_text": json.dumps(found.before, ensure_ascii=False, indent=1) if not found.city else "",
        "after_text": json.dumps(found.book, ensure_ascii=False, indent=1) if not found.city else "",
        "page": _page_of(found.city),
    }
    return render(request, "payroll/policies/draft.html", context)


@permit("payroll.policy.approve")
@require_POST
@confirmed(
    gettext_lazy("Let wages be computed by these rules?"),
    gettext_lazy("Approve"),
    gettext_lazy("They become the next edition. Months already paid are settled with the next run."),
)
def draft_approve(request: StaffRequest, pk: int) -> HttpResponse:
    found = _draft_or_404(request, pk)
    try:
        edition = approve(found, request.user)
    except Refused as refusal:
        warn(request, str(refusal))
        return redirect("payroll:policy_draft", pk=pk)
    toast(request, _("Approved: edition %d holds now. Compute open runs again.") % edition.edition)
    return redirect(_page_of(found.city))


@permit("payroll.policy.view")
@require_http_methods(["GET", "POST"])
def draft_decline(request: StaffRequest, pk: int) -> HttpResponse:
    """Decline a draft with a reason, or take one's own back."""
    found = _draft_or_404(request, pk)
    done = _("Declined. The rules stay as they are.")
    return decline_page(request, found, reject, url="payroll:policy_draft", after=_page_of(found.city), done=done)


def _proposed(request: StaffRequest, edition: Policy, book: dict, source: str) -> str:
    try:
        found = propose(edition, book, source, request.user)
    except Refused as refusal:
        raise ValidationError(str(refusal)) from None
    except IntegrityError:
        raise ValidationError(_("A change of these rules waits already. Decide on it first.")) from None
    return reverse("payroll:policy_draft", args=[found.pk])


def _draft_or_404(request: StaffRequest, pk: int) -> PolicyDraft:
    rows = visible(request.user, PolicyDraft).select_related("proposed_by", "decided_by")
    return get_object_or_404(rows, pk=pk)


def _dated(rule: dict[str, Any] | None) -> dict[str, Any] | None:
    """Give a rule's dates as dates."""
    if rule is None:
        return None
    ends = rule["valid_to"] and dt.date.fromisoformat(rule["valid_to"])
    return rule | {"begins": dt.date.fromisoformat(rule["valid_from"]), "ends": ends}


def _page_of(city: str) -> str:
    return reverse("payroll:policies") + (f"?city={city}" if city else "")
