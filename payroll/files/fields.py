"""What a layout's column may name, by purpose; amounts end in `_fen`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .layouts import Layout

_ADDITIONAL = {"children_fen", "education_fen", "mortgage_fen", "rent_fen", "elders_fen", "infants_fen"}
_PERSON = {"employee_no", "name", "document_type", "document_number"}
_INSURED = {
    *("serial", "sex", "hukou", "phone", "client", "city", "insurances", "employment", "contract_from", "contract_to"),
    *("effective_on", "base_fen", "fund_base_fen", "fund_rate", "reason", "remark"),
}

_APART = {"income_fen", "exempt_fen", "other_fen", "donation_fen", "relief_fen", "remark"}

FIELDS: dict[str, set[str]] = {
    "bank": {
        *("serial", "account", "holder", "bank", "amount_fen", "purpose", "agency", "client"),
        *("pay_date_plain", "employee_no"),
    },
    "salary_tax": _PERSON
    | _ADDITIONAL
    | {
        *("income_fen", "exempt_fen", "pension_fen", "medical_fen", "unemployment_fen", "fund_fen"),
        *("private_pension_fen", "annuity_fen", "health_fen", "deferred_fen", "other_fen", "donation_fen"),
        *("relief_fen", "remark"),
    },
    "personnel": _PERSON
    | {
        *("nationality", "sex", "born_on", "employment_type", "first_year", "phone", "joined_on", "left_on"),
        *("basic_deduction", "remark"),
    },
    "bonus_tax": _PERSON | _APART,
    "severance_tax": _PERSON | _APART,
    "student_tax": _PERSON | _APART | {"income_item", "health_fen", "deferred_fen"},
    "insurance_add": _PERSON | _INSURED,
    "insurance_remove": _PERSON | _INSURED,
}

MONEY = {"amount_fen", "income_fen", "base_fen", "fund_base_fen"}
# Without these a file of the purpose is none.
NEEDED = {
    "bank": ("account", "holder", "amount_fen"),
    "salary_tax": ("name", "document_number", "income_fen"),
    "bonus_tax": ("name", "document_number", "income_fen"),
    "severance_tax": ("name", "document_number", "income_fen"),
    "student_tax": ("name", "document_number", "income_item", "income_fen"),
    "personnel": ("name", "document_number"),
    "insurance_add": ("name", "document_number"),
    "insurance_remove": ("name", "document_number"),
}
# What names of files and the lines above and below the data may say.
_MONTH = {"agency", "month", "tax_month"}
_COUNTED = {"count", "total_fen"}
SUMMARY: dict[str, set[str]] = {
    "bank": _MONTH | _COUNTED | {"client", "batch", "total_words", "pay_date_plain"},
    "salary_tax": _MONTH | _COUNTED,
    "bonus_tax": _MONTH | _COUNTED,
    "severance_tax": _MONTH | _COUNTED,
    "student_tax": _MONTH | _COUNTED,
    "personnel": _MONTH | _COUNTED,
    "insurance_add": _MONTH | {"city"},
    "insurance_remove": _MONTH | {"city"},
}


def in_order(layout: Layout, records: Iterable[Mapping[str, Any]]) -> Iterator[list[Any]]:
    """Yield the values of records in the order of a layout's columns; what a record lacks stays empty."""
    fields = layout.fields
    for record in records:
        yield [record.get(field) for field in fields]
