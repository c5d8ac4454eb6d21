"""The pay scheme of a client for a month, and what it makes of sick days."""

import numpy as np

from agency.money import Column, round_column
from agency.periods import Period
from clients.models import ClientEnterprise
from payroll.calculation.gross import PAID_DAYS_X100, BaseMethod
from payroll.models import PayScheme


def scheme_of(client: ClientEnterprise | int, period: Period) -> PayScheme:
    """Return the scheme valid on the last day of the month, or an unsaved one with the defaults."""
    pk = client if isinstance(client, int) else client.pk
    found = PayScheme.objects.valid_in(period).filter(client=pk).order_by("-valid_from").first()
    return found or PayScheme(client_id=pk, valid_from=period.first_day)


def sick_pay(wage_fen: Column, sick_x100: Column, method: Column, percent: int) -> Column:
    """Return what sick days change: a monthly wage holds them in full, the other ways not at all. In fen."""
    share = np.where(method == BaseMethod.MONTHLY, percent - 100, percent)
    return round_column(wage_fen * sick_x100 * share, PAID_DAYS_X100 * 100)
