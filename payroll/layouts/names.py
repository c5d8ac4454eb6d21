"""What parts of layouts are called on screen."""

from django.utils.translation import gettext_lazy as _

from payroll.files.bureau_lists import PARTS
from payroll.files.cutoff_days import INSURED

KIND_NAMES = {"xlsx": _("Workbook (xlsx)"), "csv": _("Separated text"), "fixed": _("Text of fixed width")}
STYLE_NAMES = {
    "text": _("text"),
    "money": _("yuan, 0.00"),
    "fen": _("fen, whole"),
    "integer": _("whole number"),
    "percent": _("percentage"),
}
FIELD_NAMES = {
    "serial": _("serial number"), "account": _("account"), "holder": _("account holder"), "bank": _("bank"),
    "amount_fen": _("amount"), "purpose": _("purpose of payment"), "agency": _("agency"), "client": _("client"),
    "pay_date_plain": _("pay day"), "employee_no": _("employee number"), "name": _("name"),
    "document_type": _("kind of document"), "document_number": _("document number"), "income_fen": _("income"),
    "exempt_fen": _("exempt income"), "pension_fen": _("pension"), "medical_fen": _("medical"),
    "unemployment_fen": _("unemployment"), "fund_fen": _("housing fund"), "children_fen": _("children's education"),
    "education_fen": _("further education"), "mortgage_fen": _("mortgage interest"), "rent_fen": _("rent"),
    "elders_fen": _("care of the old"), "infants_fen": _("care of infants"),
    "private_pension_fen": _("private pension"), "annuity_fen": _("annuity"), "health_fen": _("health insurance"),
    "deferred_fen": _("tax-deferred pension"), "other_fen": _("other deductions"), "donation_fen": _("donations"),
    "relief_fen": _("tax relief"), "remark": _("remark"), "nationality": _("nationality"), "sex": _("sex"),
    "born_on": _("date of birth"), "employment_type": _("kind of employment"), "first_year": _("first job of the year"),
    "phone": _("phone"), "joined_on": _("joined on"), "left_on": _("left on"),
    "basic_deduction": _("basic deduction"), "hukou": _("hukou"), "city": _("city"), "insurances": _("insurances"),
    "employment": _("form of employment"), "contract_from": _("contract from"), "contract_to": _("contract to"),
    "effective_on": _("effective on"), "base_fen": _("contribution base"), "fund_base_fen": _("fund base"),
    "fund_rate": _("fund rate"), "reason": _("reason"), "income_item": _("kind of income"),
    "exempt_part_fen": _("exempt part"),
}  # fmt: skip
BUREAU_NAMES = {
    "identity_number": _("identity number"), "name": _("name"), "month": _("month"), "insurance": _("insurance"),
    "insured": _("insured or not"), "paid": _("paid or not"), "base_fen": _("contribution base"),
    "employer_fen": _("employer's part, all insurances"), "employee_fen": _("worker's part, all insurances"),
}  # fmt: skip
SIDE_NAMES = {"employer": _("%(insurance)s, employer"), "employee": _("%(insurance)s, worker")}


def bureau_field_name(field: str) -> str:
    """Return what a field of a bureau's list is called on screen."""
    if field in PARTS:
        side, insurance = PARTS[field]
        return str(SIDE_NAMES[side]) % {"insurance": INSURED[insurance]}
    return str(BUREAU_NAMES.get(field, field))
