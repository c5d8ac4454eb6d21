"""What insurances and tax tables are called."""

from django.utils.translation import gettext_lazy as _

from payroll.calculation.contribution_terms import (
    HOUSING_FUND,
    INJURY,
    MATERNITY,
    MEDICAL,
    PENSION,
    SUPPLEMENTARY_FUND,
    UNEMPLOYMENT,
)

from .books import MONTHLY, REMUNERATION, YEARLY

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
