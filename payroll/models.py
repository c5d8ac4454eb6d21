"""Gathers the models of the app's rooms."""

from payroll.balances.models import TaxOpeningBalance
from payroll.files.models import BankBatch, BankLine, FileLayout, MadeFile
from payroll.payslips.dispute_models import PayslipDispute
from payroll.payslips.models import Payslip, PayslipReceipt
from payroll.policies.models import ContributionPolicy, PolicyDraft, TaxPolicy
from payroll.runs.limit_models import CheckLimit
from payroll.runs.models import PayrollInput, PayrollRun
from payroll.schemes.item_models import Advance, AdvanceRepayment, PayBandTable, PayItem, WorkerItemAmount
from payroll.schemes.models import PayScheme

__all__ = [
    "Advance",
    "AdvanceRepayment",
    "BankBatch",
    "BankLine",
    "CheckLimit",
    "ContributionPolicy",
    "FileLayout",
    "MadeFile",
    "PayBandTable",
    "PayItem",
    "PayScheme",
    "PayrollInput",
    "PayrollRun",
    "Payslip",
    "PayslipDispute",
    "PayslipReceipt",
    "PolicyDraft",
    "TaxOpeningBalance",
    "TaxPolicy",
    "WorkerItemAmount",
]
