"""The policies as the program knows them: figures, validity, source, and what still needs a check."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from agency.permissions import permit
from agency.permissions.requests import StaffRequest
from payroll.calculation.contribution_terms import (
    HOUSING_FUND,
    INJURY,
    MATERNITY,
    MEDICAL,
    PENSION,
    SUPPLEMENTARY_FUND,
    UNEMPLOYMENT,
)
from payroll.models import ContributionPolicy, TaxPolicy

from .books import MONTHLY, REMUNERATION, YEARLY
from .choosing import book_of_city, book_of_tax
from .installing import ensure_policies

INSURANCE_NAMES = {
    PENSION: _("Pension insurance"),
    MEDICAL: _("Medical insurance"),
    UNEMPLOYMENT: _("Unemployment insurance"),
    INJURY: _("Work injury insurance"),
    MATERNITY: _("Maternity insurance"),
    HOUSING_FUND: _("Housing fund"),
    SUPPLEMENTARY_FUND: _("Supplementary housing fund"),
}
TABLE_NAMES = {
    YEARLY: _("Wages, by the year so far"),
    MONTHLY: _("Yearly bonus, taxed apart"),
    REMUNERATION: _("Pay for services"),
}


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
        "rules": sorted(book_of_city(chosen).rules, key=lambda rule: (rule.rule.key, rule.valid_from))
        if chosen
        else [],
        "tax": tax,
        "tax_book": book_of_tax(tax) if tax else None,
        "insurances": INSURANCE_NAMES,
        "tables": TABLE_NAMES,
    }
    return render(request, "payroll/policies/policies.html", context)
