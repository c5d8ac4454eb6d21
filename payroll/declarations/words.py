"""What is wrong with a declaration, in words: what, and how to mend it."""

from django.utils.translation import gettext as _

from agency.money import yuan
from payroll.calculation.additional import AdditionalRule, Problem

from .kinds import LABELS


def sentence(problem: Problem, kind: str, rule: AdditionalRule | None) -> tuple[str, str]:
    """Return the field a problem is at, and the sentence for it."""
    if problem == Problem.SETTLEMENT:
        return "kind", _("Serious illness is deducted at the yearly settlement only: the worker declares it there.")
    if problem == Problem.UNKNOWN or rule is None:
        return "since", _("The rules of that month do not know this deduction. Check the month.")
    name = str(LABELS[kind])
    if problem == Problem.AMOUNT:
        return "amount_fen", _amount(name, rule)
    if problem == Problem.SHARE:
        shares = " / ".join(f"{share}%" for share in rule.shares)
        return "share", _("%(name)s is taken at %(shares)s.") % {"name": name, "shares": shares}
    if problem == Problem.EXCLUDES:
        other = str(LABELS[rule.excludes or "housing_loan"])
        return "since", _("%(name)s and %(other)s exclude each other. End the other one first.") % {
            "name": name,
            "other": other,
        }
    if problem == Problem.TWICE:
        return "since", _("This is declared for these months already. End the other one first.")
    if problem == Problem.TOO_LONG:
        return "until", _("%(name)s is deducted for at most %(n)d months. End it earlier.") % {
            "name": name,
            "n": rule.months_limit,
        }
    return "count", _("Check the months and for how many it is declared.")


def _amount(name: str, rule: AdditionalRule) -> str:
    if rule.shared_limit_fen:
        words = _("%(name)s: %(whole)s a month for an only child, or at most %(part)s each among siblings.")
        whole, part = yuan(rule.amounts_fen[0]), yuan(rule.shared_limit_fen)
        return words % {"name": name, "whole": whole, "part": part}
    amounts = " / ".join(yuan(amount) for amount in rule.amounts_fen)
    return _("%(name)s is %(amounts)s a month. Choose one of these.") % {"name": name, "amounts": amounts}
