"""The yearly bonus: one yuan too many costs thousands."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from agency.money import yuan
from payroll.calculation.bonus import bonus_tax, bonus_traps, trap_of
from tests.payroll.rules import MONTHLY
from tests.payroll.workers import whole, yuan_column


def test_the_six_traps_and_what_they_cost():
    told = [(yuan(t.best_fen, ""), yuan(t.until_fen, ""), yuan(t.loss_fen, "")) for t in bonus_traps(MONTHLY)]
    assert told == [
        ("36,000.00", "38,566.67", "2,309.10"),
        ("144,000.00", "160,500.00", "13,199.20"),
        ("300,000.00", "318,333.34", "13,749.25"),
        ("420,000.00", "447,500.00", "19,249.30"),
        ("660,000.00", "706,538.47", "30,249.35"),
        ("960,000.00", "1,120,000.00", "87,999.45"),
    ]


def test_which_trap_a_bonus_lies_in():
    bonuses = yuan_column("36000", "36000.01", "38566.66", "38566.67", "150000", "0")
    assert trap_of(bonuses, MONTHLY).tolist() == [-1, 0, 0, -1, 1, -1]


@given(st.integers(1, 2 * 10**8))
def test_in_a_trap_the_bound_leaves_more_and_outside_it_does_not(fen):
    traps = bonus_traps(MONTHLY)
    found = int(trap_of(whole(fen), MONTHLY)[0])
    lower = [trap.best_fen for trap in traps if trap.best_fen < fen]
    kept = np.array([fen, *lower], dtype=np.int64)
    kept = kept - bonus_tax(kept, MONTHLY)
    # Tax is whole fen: at the very edge of a trap rounding may hide the difference of one fen.
    if found >= 0:
        assert kept[0] <= kept[1 + found]
    else:
        assert all(kept[0] >= other - 1 for other in kept[1:])


def test_no_bonus_no_tax():
    assert bonus_tax(whole(0, -5), MONTHLY).tolist() == [0, 0]
