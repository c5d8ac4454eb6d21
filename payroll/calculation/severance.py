"""Tax on a one-time severance payment (解除劳动合同一次性补偿).

Source: 财税〔2018〕164号 art. 5 (1): up to three times the local average yearly wage of the year before is
exempt, the rest is taxed alone on the yearly table and not merged into the year's income.
"""

from dataclasses import dataclass

import numpy as np

from agency.money import Column

from .brackets import BracketTable

EXEMPT_YEARS = 3


@dataclass(frozen=True, slots=True)
class SeveranceTax:
    """Hold the exempt part, the taxed part and the tax; int64 columns of fen, shape (n,)."""

    exempt_fen: Column
    taxable_fen: Column
    tax_fen: Column


def severance_tax(severance_fen: Column, average_yearly_wage_fen: Column, yearly: BracketTable) -> SeveranceTax:
    """Split each payment into its exempt and its taxed part and compute the tax; int64 columns of fen,
    shape (n,).
    """
    payment = np.maximum(severance_fen, 0)
    exempt = np.minimum(payment, EXEMPT_YEARS * average_yearly_wage_fen)
    taxable = payment - exempt
    return SeveranceTax(exempt, taxable, yearly.tax(taxable))
