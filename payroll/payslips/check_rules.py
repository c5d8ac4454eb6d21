"""The checks of a payslip, the loudest first: simple rules over the computed columns."""

import numpy as np
from django.utils.translation import gettext_lazy as _

from payroll.calculation.apart import ApartKind
from payroll.calculation.debts import ADVANCED

from .figures import NOT_INSURED
from .situation import Check, CheckRule, Level, Mask, Situation

# Labour Law 41: at most 36 hours of overtime a month; work on public holidays is counted apart.
OVERTIME_LIMIT_X100 = 36_00
# 工资支付暂行规定 16: what is taken for damages must not exceed 20 % of the month's wage.
DEDUCTION_PERCENT = 20


def _changed(seen: Situation) -> Mask:
    """The net wage is further from the mean of the last three months than the client's limit allows."""
    before, now = seen.mean_net_fen, seen.slips.net_fen
    far = np.abs(now - before) * 100 > np.abs(before) * seen.change_percent
    return seen.fine & seen.regular & seen.has_mean & far


def _overtime(seen: Situation) -> Mask:
    hours = seen.figures["overtime_weekday_x100"] + seen.figures["overtime_rest_day_x100"]
    return hours > OVERTIME_LIMIT_X100


def _below_minimum(seen: Situation) -> Mask:
    """Overtime, night shifts and the worker's own insurance do not count towards the minimum wage."""
    slips = seen.slips
    overtime = sum(slips.gross.overtime_fen.values())
    beside = seen.figures["night_fen"] + slips.gross.beside_minimum_fen
    rest = slips.gross_fen - overtime - beside - slips.employee_social_fen - slips.employee_fund_fen
    return seen.fine & seen.regular & seen.whole_month & ~seen.student & (rest < seen.minimum_wage_fen)


def _other_way_is_better(seen: Situation) -> Mask:
    """The bonus is taxed in the way that takes more, by the year so far."""
    apart, merged = seen.figures["tax_apart_fen"], seen.figures["tax_merged_fen"]
    chosen_apart = seen.figures["apart_kind"] == ApartKind.BONUS
    return seen.fine & np.where(chosen_apart, merged < apart, apart < merged)


RULES = (
    CheckRule(
        Check.NO_ATTENDANCE, Level.BLOCK, _("Not in the attendance"), "sheet",
        _("Import the sheet with this worker, enter the days by hand, or leave the worker out."),
        lambda seen: ~seen.has_input,
    ),
    CheckRule(
        Check.NOT_COMPUTED, Level.BLOCK, _("Cannot be computed"), "no",
        _("The payslip says which figure is impossible. The others are computed."),
        lambda seen: seen.has_input & ~seen.fine,
    ),
    CheckRule(
        Check.NET_BELOW_ZERO, Level.BLOCK, _("Net below zero"), "no",
        _("Nobody can be paid less than nothing: spread the deductions over several months."),
        lambda seen: seen.slips.net_fen < 0,
    ),
    CheckRule(
        Check.NO_IDENTITY, Level.BLOCK, _("No identity number"), "person",
        _("Neither tax nor insurance can be declared. Enter it at the worker."),
        lambda seen: seen.no_identity,
    ),
    CheckRule(
        Check.SHARED_ACCOUNT, Level.BLOCK, _("Account shared with another worker"), "wallet",
        _("Wages go to the worker alone. Find out whose account it is and enter the other's."),
        lambda seen: seen.shared_account,
    ),
    CheckRule(
        Check.BONUS_TWICE, Level.BLOCK, _("A bonus was taxed apart this year already"), "no",
        _("The law allows it once a year. Merge this one."),
        lambda seen: seen.had_bonus & (seen.figures["apart_kind"] == ApartKind.BONUS),
    ),
    CheckRule(
        Check.BUREAU_STOPPED, Level.BLOCK, _("Placed, but stopped in the bureau's list"), "shield",
        _("Declare the worker and import the bureau's new list, correct the placement, or leave the worker out."),
        lambda seen: seen.gap(Check.BUREAU_STOPPED) & ~seen.left,
    ),
    CheckRule(
        Check.NOT_DECLARED, Level.BAD, _("Placed, but not insured by the bureau's list"), "shield",
        _("Every day without insurance is our risk: an accident is ours to pay. Declare the worker now."),
        lambda seen: seen.gap(Check.NOT_DECLARED),
    ),
    CheckRule(
        Check.OVERTIME, Level.BAD, _("Over 36 hours of overtime"), "no",
        _("Labour Law 41 allows 36 hours a month. Ask the client what happened."),
        _overtime,
    ),
    CheckRule(
        Check.DEDUCTIONS, Level.BAD, _("Deductions over 20%"), "no",
        _("Damages may take 20% of the month's wage at most (Wage Payment 16). Spread the rest."),
        lambda seen: seen.slips.deducted_fen * 100 > seen.slips.gross_fen * DEDUCTION_PERCENT,
    ),
    CheckRule(
        Check.BELOW_MINIMUM_WAGE, Level.BAD, _("Below the minimum wage"), "no",
        _("Overtime and night shifts do not count. Check absence and deductions, or top it up."),
        _below_minimum,
    ),
    CheckRule(
        Check.NO_CONTRACT, Level.BAD, _("No labour contract this month"), "file",
        _("After a month without one the wage doubles (Labour Contract Law 82). Sign it, or enter it."),
        lambda seen: ~seen.has_contract & ~seen.student,
    ),
    CheckRule(
        Check.CHANGED, Level.LOOK, _("Changed beyond the limit"), "alert",
        _("Compared with the mean of the last three months. Look at the lines that moved."),
        _changed,
    ),
    CheckRule(
        Check.NO_ACCOUNT, Level.LOOK, _("No bank account"), "wallet",
        _("The bank file will leave this worker out. Ask for the card."),
        lambda seen: ~seen.has_account,
    ),
    CheckRule(
        Check.NOT_INSURED, Level.LOOK, _("Not insured"), "alert",
        _("Placed but not enrolled: register within 30 days (Social Insurance Law 58)."),
        lambda seen: (seen.figures["policy"] == NOT_INSURED) & ~seen.elsewhere & seen.regular & ~seen.student,
    ),
    CheckRule(
        Check.NOT_BILLED, Level.LOOK, _("Insured by the bureau's list, but not in this run"), "shield",
        _("The bureau charges us, this run charges nobody. Enter the worker's social insurance and compute again."),
        lambda seen: seen.gap(Check.NOT_BILLED),
    ),
    CheckRule(
        Check.BILLED_NOT_DECLARED, Level.LOOK, _("Premiums in this run, but not insured by the bureau's list"),
        "shield",
        _("Worker and client would pay for an insurance nobody has. Declare the worker, or end the insurance here."),
        lambda seen: seen.gap(Check.BILLED_NOT_DECLARED),
    ),
    CheckRule(
        Check.NOT_PAID, Level.LOOK, _("Declared, but not paid by the bureau's list"), "shield",
        _("A late fee of 0.05% a day runs (Social Insurance Law 86). Pay it in, or ask the bureau."),
        lambda seen: seen.gap(Check.NOT_PAID),
    ),
    CheckRule(
        Check.BONUS_TRAP, Level.LOOK, _("More bonus, less money: above a tax bound"), "alert",
        _("A bonus at the bound leaves the worker more. Ask the client."),
        lambda seen: (seen.figures["trap_best_fen"] > 0) & (seen.figures["apart_kind"] == ApartKind.BONUS),
    ),
    CheckRule(
        Check.BONUS_CHOICE, Level.LOOK, _("Taxed the other way it costs less"), "alert",
        _("By the year so far. The worker decides."),
        _other_way_is_better,
    ),
    CheckRule(
        Check.MOVED, Level.LOOK, _("Moved within the month"), "alert",
        _("Two placements in one month: check the wage and the days of each."),
        lambda seen: seen.moved,
    ),
    CheckRule(
        Check.EARLIER_MONTHS, Level.LOOK, _("Insurance of earlier months is settled"), "alert",
        _("A later notice or enrolment changed months already paid. Tell the worker what the line is."),
        lambda seen: (seen.figures["employee_adjustment_fen"] != 0) | (seen.figures["employer_adjustment_fen"] != 0),
    ),
    CheckRule(
        Check.UNPAID_MONTH, Level.LOOK, _("A month without pay"), "wallet",
        _("The wages do not cover the worker's own insurance. The payslip says who bears it: tell the worker."),
        lambda seen: (seen.slips.borne_fen > 0) | (seen.slips.deductions_fen[ADVANCED] < 0),
    ),
    CheckRule(
        Check.DECLARED, Level.TOLD, _("The worker's declaration stands in place of the sheet's deduction"), "info", "",
        lambda seen: seen.figures["replaced_fen"] > 0,
    ),
    CheckRule(Check.SAME_NAME, Level.TOLD, _("Namesakes"), "person", "", lambda seen: seen.same_name),
    CheckRule(
        Check.INSURED_ELSEWHERE, Level.TOLD, _("Insured with the next client"), "info", "",
        lambda seen: seen.elsewhere,
    ),
    CheckRule(Check.NEW, Level.TOLD, _("Newly joined"), "person-plus", "", lambda seen: seen.new),
    CheckRule(Check.LEFT, Level.TOLD, _("Has left"), "logout", "", lambda seen: seen.left),
    CheckRule(
        Check.YEAR_BEGINS_HERE, Level.TOLD, _("The tax year begins with the first month on the system"), "info", "",
        lambda seen: seen.year_begins_here,
    ),
)  # fmt: skip
BY_CHECK = {rule.check: rule for rule in RULES}
