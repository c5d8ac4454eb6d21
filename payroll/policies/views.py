"""The policies as the program knows them: figures, validity, source, and what still needs a check."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from payroll.models import ContributionPolicy, PolicyDraft, TaxPolicy

from .books import CityRule
from .choosing import book_of_city, book_of_tax
from .installing import ensure_policies
from .names import INSURANCE_NAMES, TABLE_NAMES
from .validity import Dated


@permit("payroll.policy.view")
@require_GET
def policies(request: StaffRequest) -> HttpResponse:
    """List the latest edition of each city, and the rules of the one chosen."""
    ensure_policies()
    cities = list(ContributionPolicy.objects.order_by("city", "-edition").distinct("city").defer("source"))
    asked = request.GET.get("city", "")
    chosen = next((row for row in cities if row.city == asked), None)
    tax = TaxPolicy.objects.latest_first().first()
    context = {
        "cities": cities,
        "chosen": chosen,
        "rules": _in_order(chosen) if chosen else [],
        "drafts": PolicyDraft.objects.filter(state=PolicyDraft.State.PROPOSED).select_related("proposed_by"),
        "tax": tax,
        "tax_book": book_of_tax(tax) if tax else None,
        "insurances": INSURANCE_NAMES,
        "tables": TABLE_NAMES,
    }
    return render(request, "payroll/policies/policies.html", context)


def _in_order(edition: ContributionPolicy) -> list[tuple[int, Dated[CityRule]]]:
    """Return each rule with its place in the edition, by insurance and date."""
    return sorted(enumerate(book_of_city(edition).rules), key=lambda each: (each[1].rule.key, each[1].valid_from))
