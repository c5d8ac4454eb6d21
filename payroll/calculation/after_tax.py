"""What is taken off after tax, one after the other, each from what the ones before have left."""

from agency.money import Column

from .columns import zeros
from .debts import ADVANCED, REPAID, DebtInputs, advanced, held_back
from .gross import Gross
from .item_pay import ItemInputs, limited
from .items import Place


def taken_off(
    given_fen: dict[str, Column],
    items: ItemInputs | None,
    debts: DebtInputs | None,
    gross: Gross,
    kept_fen: Column,
) -> dict[str, Column]:
    """Return each deduction by its key, in fen; what the agency advances stands below zero.

    `kept_fen` is the pay after own insurance and tax.
    """
    taken = dict(given_fen)
    if debts is not None:
        taken[ADVANCED] = -advanced(debts, kept_fen)
    left = kept_fen - sum(taken.values(), zeros(len(kept_fen)))
    rules = items.rules if items else None
    for item in rules.items if rules else ():
        if rules and item.place == Place.DEDUCTION:
            asked = gross.items_fen[item.key]
            taken[item.key] = limited(asked, item.limit, gross.gross_fen, left, rules.minimum_wage_fen)
            left = left - taken[item.key]
    if debts is not None:
        taken[REPAID] = held_back(debts, gross.gross_fen, left)
    return taken
