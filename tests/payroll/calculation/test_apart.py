"""What is taxed apart from the year: worked numbers of the bonus and the severance."""

import pytest

from payroll.calculation.apart import ApartInputs, ApartKind
from payroll.calculation.payslips import PayrollRules, compute_payslips
from payroll.calculation.workings import workings
from tests.payroll.rules import BASIC, MONTHLY, YEARLY
from tests.payroll.workers import PLAIN_POLICY, one_worker, whole, yuan_column

RULES = PayrollRules(YEARLY, BASIC, (PLAIN_POLICY,), MONTHLY)


def paid(kind, amount, average="0"):
    apart = ApartInputs(whole(kind), yuan_column(amount), yuan_column(average))
    inputs = one_worker(wage="0", contributions__policy=whole(-1), apart=apart)
    return inputs, compute_payslips(inputs, RULES)


@pytest.mark.parametrize(
    ("amount", "tax"),
    [("36000", 1_080_00), ("36001", 3_390_10), ("144000", 14_190_00)],
)
def test_a_bonus_apart_is_taxed_by_its_twelfth(amount, tax):
    _inputs, slips = paid(ApartKind.BONUS, amount)
    assert (slips.tax_fen[0], slips.net_fen[0]) == (tax, slips.gross_fen[0] - tax)
    assert slips.tax.to_date.income_fen[0] == 0


def test_a_severance_is_free_up_to_three_average_wages():
    """财税〔2018〕164号 art. 5: 400,000 at an average of 120,000: 40,000 taxed alone, 10 % less 2,520."""
    _inputs, slips = paid(ApartKind.SEVERANCE, "400000", "120000")
    assert (slips.apart.taxable_fen[0], slips.tax_fen[0]) == (40_000_00, 1_480_00)


def test_the_story_adds_up():
    for kind, amount, average in ((ApartKind.BONUS, "36001", "0"), (ApartKind.SEVERANCE, "400000", "120000")):
        inputs, slips = paid(kind, amount, average)
        told = workings(inputs, slips, 0, RULES)
        assert sum(line.amount_fen for line in told.earned) == told.gross_fen
        assert sum(line.amount_fen for line in (*told.earned, *told.taken)) == told.net_fen
        assert told.tax[-1].amount_fen == slips.tax_fen[0]


def test_a_bonus_apart_needs_its_table():
    inputs, _slips = paid(ApartKind.BONUS, "36000")
    with pytest.raises(ValueError, match="bonus"):
        compute_payslips(inputs, PayrollRules(YEARLY, BASIC, (PLAIN_POLICY,)))
