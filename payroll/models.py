"""Gathers the models of the app's rooms."""

from payroll.balances.models import TaxOpeningBalance
from payroll.declarations.models import TaxDeclaration, TaxYearChoice
from payroll.files.batch_models import BankBatch, BankLine
from payroll.files.layout_models import FileLayout
from payroll.files.made_models import MadeFile
from payroll.files.outside_models import PaidOutside
from payroll.layouts.models import LayoutDraft
from payroll.matching.models import BureauRecord
from payroll.payslips.dispute_models import PayslipDispute
from payroll.payslips.models import Payslip, PayslipReceipt
from payroll.policies.models import ContributionPolicy, PolicyDraft, TaxPolicy
from payroll.runs.limit_models import CheckLimit
from payroll.runs.models import PayrollInput, PayrollRun
from payroll.schemes.advance_models import Advance, AdvanceChange, AdvanceRepayment
from payroll.schemes.debt_models import WorkerDebt
from payroll.schemes.item_models import PayBandTable, PayItem, WorkerItemAmount
from payroll.schemes.models import PayScheme
from payroll.schemes.write_off_models import WriteOff
from payroll.settlement.bill_models import Bill, BillLine, BillRun
from payroll.settlement.money_models import Allocation, OwnMoney, PayoutConsent, Receipt
from payroll.settlement.terms_models import SettlementTerms, VatStatus

__all__ = [
    "Advance",
    "AdvanceChange",
    "AdvanceRepayment",
    "Allocation",
    "BankBatch",
    "BankLine",
    "Bill",
    "BillLine",
    "BillRun",
    "BureauRecord",
    "CheckLimit",
    "ContributionPolicy",
    "FileLayout",
    "LayoutDraft",
    "MadeFile",
    "OwnMoney",
    "PaidOutside",
    "PayBandTable",
    "PayItem",
    "PayScheme",
    "PayoutConsent",
    "PayrollInput",
    "PayrollRun",
    "Payslip",
    "PayslipDispute",
    "PayslipReceipt",
    "PolicyDraft",
    "Receipt",
    "SettlementTerms",
    "TaxDeclaration",
    "TaxOpeningBalance",
    "TaxPolicy",
    "TaxYearChoice",
    "VatStatus",
    "WorkerDebt",
    "WorkerItemAmount",
    "WriteOff",
]
