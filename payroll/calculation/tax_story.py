"""How one month's tax came about from the year so far: the lines of the cumulative formula."""

from collections.abc import Iterator

from agency.money import Column

from .declared_kinds import ADDITIONAL, OTHER, PENSION
from .payslips import PayslipInputs
from .withholding import BasicMethod, Withholding
from .working_lines import Line, percent, plain


def tax_story(inputs: PayslipInputs, tax: Withholding, row: int) -> Iterator[Line]:
    """Tell the tax of one row in the order of 61号 art. 6, signed fen.

    Income less deductions is `tax_taxable` (0 when the deductions are larger; `unused` then says by how
    much). The tax to date less relief and what was withheld before is `tax_withheld`; when that is
    negative, nothing is withheld and `overpaid` says what the yearly settlement would give back.
    """

    def at(column: Column) -> int:
        return int(column[row])

    year = tax.to_date
    yield Line("tax_income_to_date", at(year.income_fen))
    yield from _if_any("tax_exempt", -at(year.exempt_fen))
    yield _basic(inputs, at(tax.basic_to_date_fen), row)
    left = at(year.income_fen) - at(year.exempt_fen) - at(tax.basic_to_date_fen)
    for line in _costs(tax, row) if is_student(inputs, row) else _declared(inputs, tax, row):
        left += line.amount_fen
        yield line
    taxable = at(tax.taxable_to_date_fen)
    yield Line("tax_taxable", taxable, "", {"unused": plain(-left)} if left < 0 else {})
    rate, quick = percent(at(tax.rate_millionths)), at(tax.quick_fen)
    formula = f"{plain(taxable)} × {rate}" + (f" − {plain(quick)}" if quick else "")
    yield Line("tax_to_date", at(tax.tax_to_date_fen), formula, {"rate": rate, "quick": plain(quick)})
    yield from _if_any("tax_relief", -at(year.relief_fen))
    months = at(inputs.tax.months_here) - 1
    yield Line("tax_withheld_before", -at(tax.withheld_before_fen), "", {"months": str(months)})
    due = at(tax.due_fen)
    yield Line("tax_withheld", at(tax.withheld_fen), "", {"overpaid": plain(-due)} if due < 0 else {})


def is_student(inputs: PayslipInputs, row: int) -> bool:
    """Tell whether the row is paid as a student on internship."""
    return inputs.tax.more is not None and int(inputs.tax.more.student[row]) == 1


def _costs(tax: Withholding, row: int) -> Iterator[Line]:
    yield Line("tax_costs", -int(tax.costs_to_date_fen[row]))


def _declared(inputs: PayslipInputs, tax: Withholding, row: int) -> Iterator[Line]:
    """Tell own insurance and every deduction: what was declared by its kind, then what came by other ways."""
    yield Line("tax_special", -int(tax.to_date.special_fen[row]))
    declared = {kind: int(column[row]) for kind, column in inputs.tax.declared_fen.items()}
    parts = (
        ("tax_additional", tax.additional_to_date_fen, ADDITIONAL),
        ("tax_pension", tax.pension_to_date_fen, PENSION),
        ("tax_other", tax.to_date.other_fen, OTHER),
    )
    for key, column, kinds in parts:
        rest = int(column[row])
        for kind in kinds:
            if amount := min(declared.get(kind, 0), rest):
                rest -= amount
                yield Line(key, -amount, "", {"item": kind})
        if rest or (key == "tax_additional" and not any(declared.get(kind) for kind in kinds)):
            yield Line(key, -rest)


def _basic(inputs: PayslipInputs, basic_fen: int, row: int) -> Line:
    if int(inputs.tax.basic_method[row]) == BasicMethod.AT_ONCE:
        return Line("tax_basic_at_once", -basic_fen)
    first_job = int(inputs.tax.basic_method[row]) == BasicMethod.FIRST_JOB_OF_YEAR
    months = inputs.pay_period.month if first_job else int(inputs.tax.months_here[row])
    monthly = plain(basic_fen // months)
    return Line("tax_basic", -basic_fen, f"{monthly} × {months}", {"months": str(months), "monthly": monthly})


def _if_any(key: str, amount_fen: int) -> Iterator[Line]:
    if amount_fen:
        yield Line(key, amount_fen)
