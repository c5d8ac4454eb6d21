"""Gathers the models of the app's rooms."""

from payroll.balances.models import TaxOpeningBalance
from payroll.payslips.models import Payslip, PayslipReceipt
from payroll.policies.models import ContributionPolicy, TaxPolicy
from payroll.runs.models import PayrollInput, PayrollRun
from payroll.schemes.item_models import Advance, AdvanceRepayment, PayBandTable, PayItem, WorkerItemAmount
from payroll.schemes.models import PayScheme

__all__ = [
    "Advance",
    "AdvanceRepayment",
    "ContributionPolicy",
    "PayBandTable",
    "PayItem",
    "PayScheme",
    "PayrollInput",
    "PayrollRun",
    "Payslip",
    "PayslipReceipt",
    "TaxOpeningBalance",
    "TaxPolicy",
    "WorkerItemAmount",
]
