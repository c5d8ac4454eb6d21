"""A payslip beside the month before: both columns add up, whatever came or went between them."""

from payroll.calculation.working_lines import Line
from payroll.calculation.workings import Workings
from payroll.payslips.ledger import Earlier, ledger

TOLD = {"night_shifts": 0, "sick_x100": 0}
OCTOBER = Workings(
    earned=(Line("base_wage", 435_000), Line("allowance", 20_000, numbers={"item": "other"})),
    taken=(Line("pension_employee", -39_616),),
    gross_fen=455_000,
    net_fen=415_384,
)
SEPTEMBER = Workings(
    earned=(
        Line("base_wage", 435_000),
        Line("overtime_rest_day", 40_000, numbers={"hours": "8"}),
        Line("absence", -20_000, numbers={"days": "1"}),
    ),
    taken=(Line("pension_employee", -39_616), Line("tax", -752)),
    gross_fen=455_000,
    net_fen=414_632,
)


def fen(written: str) -> int:
    return (
        int(written.replace("−", "-").replace(",", "").replace(".", "").replace("¥", ""))
        if written[-1:].isdigit()
        else 0
    )


def columns(entries) -> dict[str, tuple[int, int]]:
    """Return (before, now) in fen by label, without the heads."""
    return {entry.label: (fen(entry.before), fen(entry.amount)) for entry in entries if entry.kind != "head"}


def test_what_only_last_month_had_stands_there_too_and_both_columns_add_up():
    found = columns(ledger(OCTOBER, TOLD, Earlier(SEPTEMBER, TOLD), ("9月", "10月")))
    assert found["周末加班 8 小时"] == (40_000, 0)
    assert found["个税"] == (-752, 0)
    sums = {"应发": found.pop("应发"), "实发": found.pop("实发")}
    assert sums == {"应发": (455_000, 455_000), "实发": (414_632, 415_384)}
    assert tuple(map(sum, zip(*found.values(), strict=True))) == sums["实发"]


def test_without_a_month_before_there_is_no_second_column():
    assert {entry.before.strip() for entry in ledger(OCTOBER, TOLD, None, ("9月", "10月"))} == {""}
