"""Figures as people read them."""

from fractions import Fraction

from servicedesk.scoring.shrinking import permille


def percent(share: Fraction) -> str:
    """Write a share in per cent with at most one decimal: 92.6%, 98%."""
    whole, part = divmod(permille(share), 10)
    return f"{whole}.{part}%" if part else f"{whole}%"
