"""A client's terms and bills as far as a test needs them."""

import datetime as dt

from payroll.models import Bill, SettlementTerms, VatStatus
from payroll.settlement.answering import confirm, dispute, invoice, send_bill
from payroll.settlement.billing import BY_HAND, add_line, make_bill
from payroll.settlement.links import sign
from tests.cast import START, Company
from tests.payroll.runs.stage import OCTOBER, approved

INVOICE = "26320000000012345678"


def terms(company: Company, **values) -> SettlementTerms:
    """Agree on 120 yuan a head including tax, and let the agency pay VAT on the difference."""
    if not VatStatus.objects.exists():
        VatStatus.objects.create(regime="general_difference", valid_from=START)
    values = {"model": "per_head", "amount_fen": 120_00, **values}
    found = SettlementTerms.objects.filter(agreement=company.agreement).first()
    return found or SettlementTerms.objects.create(agreement=company.agreement, valid_from=START, **values)


def drafted(company: Company, **values) -> Bill:
    terms(company, **values)
    found = Bill.objects.filter(client=company.client).first()
    approved(company)
    return found or make_bill(company.client, OCTOBER, company.payroll_officer)


def sent(company: Company, **values) -> Bill:
    bill = drafted(company, **values)
    return send_bill(bill, company.payroll_officer) if bill.is_draft else bill


def agreed(company: Company) -> Bill:
    return confirm(sent(company), "周经理")


def objected(company: Company) -> Bill:
    return dispute(sent(company), "周经理", "加班多算了两小时")


def invoiced(company: Company) -> Bill:
    bill = agreed(company)
    return invoice(bill, INVOICE, dt.date(2026, 11, 20), company.payroll_officer) if bill.state == "confirmed" else bill


def by_hand(company: Company):
    bill = drafted(company)
    found = bill.lines.filter(kind__in=BY_HAND).first()
    return found or add_line(bill, "back_payment", "9月补差", 88_80, True, company.payroll_officer)


def link(company: Company) -> str:
    return sign(sent(company))
