"""The pay scheme of a client for a month, and what it makes of sick days."""

import numpy as np

from agency.money import Column, round_column
from agency.periods import Period
from clients.models import ClientEnterprise
from payroll.calculation.gross import PAID_DAYS_X100, BaseMethod
from payroll.models import PayScheme

LEAST_SICK_PERCENT = 80


def scheme_of(client: ClientEnterprise | int, period: Period) -> PayScheme:
    """Return the scheme valid on the last day of the month, or an unsaved one with the defaults."""
    pk = client if isinstance(client, int) else client.pk
    found = PayScheme.objects.valid_in(period).filter(client=pk).order_by("-valid_from").first()
    return found or PayScheme(client_id=pk, valid_from=period.first_day)


def sick_pay(
    wage_fen: Column,
    sick_x100: Column,
    method: Column,
    percent: int,
    minimum_fen: int = 0,
    paid_days_x100: int = PAID_DAYS_X100,
) -> Column:
    """Return what sick days change, in fen: a monthly wage holds them in full, the other ways not at all.

    A sick day is paid at `percent` of the daily wage, but with no less than 80 % of the minimum wage's
    (1995 No. 309, 59), and never with more than a day worked.
    """
    paid_x100 = np.maximum(wage_fen * percent, np.minimum(minimum_fen * LEAST_SICK_PERCENT, wage_fen * 100))
    held_x100 = np.where(method == BaseMethod.MONTHLY, wage_fen * 100, 0)
    return round_column((paid_x100 - held_x100) * sick_x100, paid_days_x100 * 100)
