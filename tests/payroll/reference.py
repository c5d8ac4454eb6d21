"""A slow, obvious payroll in Decimal yuan, one worker at a time, to hold the columns against.

Written from the texts of the law and from the raw JSON of the policies; shares no code with
payroll.calculation.
"""

import json
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path

DATA = Path(__file__).parents[2] / "payroll" / "policies" / "data" / "contributions"
RAW = {path.stem: json.loads(path.read_text()) for path in DATA.glob("*.json")}

YEARLY_TABLE = [
    (36000, "0.03", 0),
    (144000, "0.10", 2520),
    (300000, "0.20", 16920),
    (420000, "0.25", 31920),
    (660000, "0.30", 52920),
    (960000, "0.35", 85920),
    ("Infinity", "0.45", 181920),
]
SOCIAL = ("pension", "medical", "unemployment", "injury", "maternity")
FUNDS = ("housing_fund", "supplementary_fund")


def rounded(amount: Decimal, mode: str) -> Decimal:
    """Round yuan in one of the eleven ways, by writing the amount down and looking at its digits."""
    size, sign = abs(amount), -1 if amount < 0 else 1
    to = {"yuan": Decimal(1), "jiao": Decimal("0.1"), "fen": Decimal("0.01")}
    if mode.startswith("half_up_"):
        result = size.quantize(to[mode.removeprefix("half_up_")], ROUND_HALF_UP)
    elif mode.startswith("drop_"):
        # Dropping a digit leaves the unit above it.
        above = {"jiao": "yuan", "fen": "jiao"}.get(mode.removeprefix("drop_"))
        result = size.quantize(to[above] if above else Decimal("0.01"), ROUND_FLOOR)
    elif mode == "up_to_yuan":
        result = size.quantize(Decimal(1), ROUND_CEILING)
    elif mode == "up_to_even_yuan":
        result = size.quantize(Decimal(1), ROUND_CEILING)
        result += result % 2
    else:
        digit, place, unit = {
            "carry_jiao_to_yuan": (0, Decimal(1), "yuan"),
            "carry_fen_to_jiao": (1, Decimal("0.1"), "jiao"),
            "carry_li_to_fen": (2, Decimal("0.01"), "fen"),
        }[mode]
        decimals = f"{size:.40f}".split(".")[1]
        result = size.quantize(to[unit], ROUND_FLOOR)
        if decimals[digit] != "0":
            result += place
    return sign * result


def fen(amount: Decimal) -> int:
    assert amount == amount.quantize(Decimal("0.01")), amount
    return int(amount * 100)


def half_up(amount: Decimal) -> Decimal:
    return rounded(amount, "half_up_fen")


def yearly_tax(taxable: Decimal) -> Decimal:
    for up_to, rate, quick in YEARLY_TABLE:
        if taxable <= Decimal(up_to):
            return half_up(taxable * Decimal(rate) - quick)
    raise AssertionError


def rules_of(city: str, day: str, variants: dict) -> list[dict]:
    """Pick for each insurance the rule of a day (ISO text), or the last one that ended before it."""
    picked = []
    for insurance in SOCIAL + FUNDS:
        rules = [
            rule
            for rule in RAW[city]["rules"]
            if rule["insurance"] == insurance and rule.get("variant", "") == variants.get(insurance, "")
        ]
        past = [rule for rule in rules if rule["valid_from"] <= day]
        if past:
            picked.append(max(past, key=lambda rule: rule["valid_from"]))
    return picked


def contributions(worker: dict, rules: list[dict], month: int) -> dict:
    """Give {(insurance, side): yuan}."""
    due = {}
    for rule in rules:
        insurance = rule["insurance"]
        if not worker["enrolled"].get(insurance, insurance != "supplementary_fund"):
            continue
        base = worker["fund_base" if insurance in FUNDS else "social_base"]
        if rule["floor_fen"] is not None and base < Decimal(rule["floor_fen"]) / 100:
            base = Decimal(rule["floor_fen"]) / 100
        if rule["ceiling_fen"] is not None and base > Decimal(rule["ceiling_fen"]) / 100:
            base = Decimal(rule["ceiling_fen"]) / 100
        for side in ("employer", "employee"):
            terms = rule[side]
            millionths = terms["lowest_rate"]
            if terms["lowest_rate"] != terms["highest_rate"]:
                millionths = worker["rates"][insurance, side]
            amount = base * Decimal(millionths) / 1000000
            if "fixed_fen" in terms and month in terms.get("fixed_months", range(1, 13)):
                amount += Decimal(terms["fixed_fen"]) / 100
            due[insurance, side] = rounded(amount, terms["rounding"])
    return due


def gross(worker: dict) -> dict:
    """Give the lines of gross pay and their sum, in yuan."""
    wage = worker["wage"]
    # Multiply first, divide last: a repeating decimal on the way would miss an exact half.
    paid_days, paid_hours = worker["paid_days"], Decimal("21.75") * 8
    if worker["method"] == "monthly":
        base = wage
    elif worker["method"] == "paid_days":
        base = min(half_up(wage * worker["attended"] / paid_days), wage)
    else:
        base = min(half_up(wage * worker["attended"] / worker["scheduled"]), wage)
    absence = Decimal(0)
    if worker["method"] == "monthly":
        absence = min(half_up(wage * worker["absent"] / paid_days), wage)
    overtime = {
        kind: half_up(worker["overtime_wage"] * worker["times"][kind] * worker["hours"][kind] / paid_hours)
        for kind in ("weekday", "rest_day", "holiday")
    }
    total = base - absence + sum(overtime.values()) + sum(worker["allowances"].values())
    return {"base": base, "absence": absence, "overtime": overtime, "gross": total}


class Year:
    """Follow one worker through a year in one unit."""

    def __init__(self, basic: str, student: bool = False):
        self.basic = basic
        self.student = student
        self.months = 0
        self.income = self.exempt = self.special = self.other = self.relief = self.withheld = Decimal(0)

    def month(
        self, tax_month: int, income, exempt, special, additional_to_date, pension_to_date, other, relief,
        percent=Decimal(0), limit=Decimal(0),
    ):  # fmt: skip
        self.months += 1
        self.income += income
        self.exempt += exempt
        self.special += special
        self.other += other
        self.relief += relief
        basic = {"here": 5000 * self.months, "first": 5000 * tax_month, "at_once": 60000}[self.basic]
        if self.student:
            # A fifth of what a student earns is deemed costs; neither insurance nor declarations count (2020年13号 二).
            taxable = self.income - self.exempt - basic - half_up(self.income * Decimal("0.2"))
        else:
            taxable = self.income - self.exempt - basic - self.special
            taxable -= additional_to_date + pension_to_date + self.other
        tax = yearly_tax(max(taxable, Decimal(0)))
        still_due = max(tax - self.relief - self.withheld, Decimal(0))
        self.relief += min(half_up(still_due * percent / 100), max(limit - self.relief, Decimal(0)))
        due = tax - self.relief - self.withheld
        withheld = max(due, Decimal(0))
        self.withheld += withheld
        return withheld


def payslip(worker: dict, year: Year, city: str, variants: dict, wage_month: str, tax_month: int) -> dict:
    """Compute one worker's month in yuan and move the year on."""
    with localcontext() as context:
        context.prec = 60
        pay = gross(worker)
        due = contributions(worker, rules_of(city, f"{wage_month}-01", variants), int(wage_month.split("-")[1]))
        own = sum((amount for (_, side), amount in due.items() if side == "employee"), Decimal(0))
        special = own + worker["adjustment"]
        borne = Decimal(0)
        if worker["bearer"] == "client":
            borne = max(special - pay["gross"], Decimal(0))
            pay["gross"] += borne
        tax = year.month(
            tax_month,
            pay["gross"],
            worker["exempt"],
            special,
            worker["additional_to_date"],
            worker["pension_to_date"],
            worker["other"],
            worker["relief"],
            worker["relief_percent"],
            worker["relief_limit"],
        )
        left = pay["gross"] - special - tax
        lent = -left if left < 0 and worker["bearer"] in ("worker", "agency") else Decimal(0)
        left += lent
        left -= sum(worker["deductions"].values(), Decimal(0))
        # A fifth of the pay at most is held back of what was lent before, and the minimum wage stays (工资支付 16).
        fifth = rounded(pay["gross"] / 5, "drop_li")
        repaid = max(min(worker["owed"], fifth, left - worker["minimum_wage"]), Decimal(0))
        return {
            **pay,
            "due": due,
            "tax": tax,
            "borne": borne,
            "lent": lent,
            "repaid": repaid,
            "net": left - repaid,
            "cost": pay["gross"] + sum((amount for (_, side), amount in due.items() if side == "employer"), Decimal(0)),
        }


BONUS_TABLE = [
    (3000, "0.03", 0),
    (12000, "0.10", 210),
    (25000, "0.20", 1410),
    (35000, "0.25", 2660),
    (55000, "0.30", 4410),
    (80000, "0.35", 7160),
    ("Infinity", "0.45", 15160),
]


def bonus_apart(bonus: Decimal) -> Decimal:
    """Tax a yearly bonus by itself: a twelfth of it finds the line of the monthly table (公告2023年第30号)."""
    with localcontext() as context:
        context.prec = 60
        for up_to, rate, quick in BONUS_TABLE:
            # A twelfth up to the bound is the bonus up to twelve times it; so no twelfth is ever rounded.
            if bonus <= Decimal(up_to) * 12:
                return half_up(bonus * Decimal(rate) - quick)
    raise AssertionError


def severance(payment: Decimal, average: Decimal) -> Decimal:
    """Tax what exceeds three average yearly wages by itself (财税〔2018〕164号 五(一))."""
    return yearly_tax(max(payment - 3 * average, Decimal(0)))


def single_payment(payment: Decimal) -> Decimal:
    """Tax one payment for services: 800 or a fifth off, then 20 %, 30 % less 2,000 or 40 % less 7,000 (61号 八)."""
    costs = Decimal(800) if payment <= 4000 else half_up(payment * Decimal("0.2"))
    taxable = payment - costs
    if taxable <= 0:
        return Decimal(0)
    if taxable <= 20000:
        return half_up(taxable * Decimal("0.2"))
    if taxable <= 50000:
        return half_up(taxable * Decimal("0.3") - 2000)
    return half_up(taxable * Decimal("0.4") - 7000)


def student_year(payments: list[Decimal]) -> list[Decimal]:
    """Withhold from a student month by month: four fifths of the income less 5,000 a month (2020年13号 二)."""
    withheld = []
    for months in range(1, len(payments) + 1):
        income = sum(payments[:months], Decimal(0))
        taxable = income - half_up(income * Decimal("0.2")) - 5000 * months
        tax = yearly_tax(max(taxable, Decimal(0)))
        withheld.append(max(tax - sum(withheld, Decimal(0)), Decimal(0)))
    return withheld
