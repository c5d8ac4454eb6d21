"""A month without pay: who bears the worker's own insurance, and how it is held back of later wages.

An insured worker without wages still owes the own part of insurance and fund (社会保险法 60: it is withheld from wages;
where there are none, somebody advances it). What is held back later stays within 工资支付暂行规定 16.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from agency.money import Column

from .columns import zeros
from .item_pay import limited
from .items import Limit

# Keys among what is taken off after tax: advanced this month (below zero), held back of earlier advances.
ADVANCED, REPAID = "unpaid_month", "repayment"


class Bearer(IntEnum):
    """Name who bears what the month's wages do not cover."""

    NOBODY = 0  # the net stays below zero and the run is blocked
    WORKER = 1  # the agency advances it and holds it back of later wages
    CLIENT = 2  # pay of the client's: it is gross, taxed and billed
    AGENCY = 3  # the agency advances it; it is settled by hand


@dataclass(frozen=True, slots=True)
class DebtInputs:
    """Hold what a month without pay needs; int64 columns of shape (n,), fen.

    `owed_fen` is what is still owed of earlier months, `minimum_fen` the minimum wage that stays with the worker.
    """

    bearer: Column  # Bearer
    owed_fen: Column
    minimum_fen: Column


def borne_by_client(inputs: DebtInputs | None, gross_fen: Column, own_fen: Column) -> Column:
    """Give what the client adds to the gross pay so that it covers the worker's own part `own_fen`."""
    if inputs is None:
        return zeros(len(gross_fen))
    return np.where(inputs.bearer == Bearer.CLIENT, np.maximum(own_fen - gross_fen, 0), 0)


def advanced(inputs: DebtInputs | None, kept_fen: Column) -> Column:
    """Give what the agency advances; `kept_fen` is the pay after own insurance and tax, below zero when short."""
    if inputs is None:
        return zeros(len(kept_fen))
    by_agency = (inputs.bearer == Bearer.WORKER) | (inputs.bearer == Bearer.AGENCY)
    return np.where(by_agency, np.maximum(-kept_fen, 0), 0)


def held_back(inputs: DebtInputs, gross_fen: Column, left_fen: Column) -> Column:
    """Give what is held back of earlier advances; `left_fen` is the pay after everything else was taken off."""
    above = left_fen - inputs.minimum_fen
    return limited(inputs.owed_fen, Limit.DAMAGES, gross_fen, above, 0)
