"""Kinds of declarations in words, and which particulars each asks for."""

from django.utils.translation import gettext_lazy as _

from payroll.calculation.declared_kinds import RELIEF

LABELS = {
    "children_education": _("Children's education"),
    "infant_care": _("Care of children under 3"),
    "elderly": _("Support of parents"),
    "housing_loan": _("Interest on a housing loan"),
    "rent": _("Rent"),
    "degree": _("Studies for a degree"),
    "certificate": _("Professional certificate"),
    "serious_illness": _("Serious illness"),
    "private_pension": _("Private pension"),
    "health_insurance": _("Commercial health insurance"),
    "annuity": _("Enterprise annuity"),
    RELIEF: _("Tax relief"),
}
CHOICES = list(LABELS.items())
# Beside month and note. What is not asked keeps its default.
ASKED = {
    "children_education": ("count", "share"),
    "infant_care": ("count", "share"),
    "elderly": ("shared", "amount_fen"),
    "housing_loan": ("share", "months_before"),
    "rent": ("amount_fen",),
    "degree": ("months_before",),
    "certificate": (),
    "private_pension": ("amount_fen",),
    "health_insurance": ("amount_fen",),
    "annuity": ("amount_fen", "base_fen"),
    RELIEF: ("share", "amount_fen"),
}
