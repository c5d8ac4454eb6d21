"""Kinds of deductions a worker declares, by where the withholding takes them."""

ADDITIONAL = (
    "children_education", "infant_care", "elderly", "housing_loan", "rent", "degree", "certificate", "serious_illness",
)  # fmt: skip
PENSION = ("private_pension",)
OTHER = ("health_insurance", "annuity")
RELIEF = "relief"
