"""The workbook of opening balances: what an earlier payroll paid and withheld in a tax year, one row a worker."""

from collections.abc import Iterator
from decimal import Decimal

from agency.reasons import _, reason
from agency.spreadsheets.columns import Column, Finding, Table, Values, compares
from agency.spreadsheets.kinds import Choice, IdentityNumberText, Integer, Money, Text

BASICS = {
    0: ("每月5000", "按月", "正常"),
    1: ("当年首次入职", "首次取得工资", "应届"),
    2: ("一次减6万", "一次扣除6万", "60000一次扣除", "6万"),
}
AMOUNTS = (
    ("income_fen", "累计收入", ("累计收入额", "累计工资", "本年累计收入"), True),
    ("exempt_fen", "累计免税收入", ("免税收入",), False),
    ("special_fen", "累计专项扣除", ("累计三险一金", "累计个人社保公积金", "专项扣除"), False),
    ("additional_fen", "累计专项附加扣除", ("专项附加扣除累计", "累计专项附加"), False),
    ("pension_fen", "累计个人养老金", ("个人养老金",), False),
    ("other_fen", "累计其他扣除", ("其他扣除",), False),
    ("relief_fen", "累计减免税额", ("减免税额",), False),
    ("withheld_fen", "累计已扣税额", ("累计已预扣预缴税额", "已扣缴税额", "累计已缴税额", "累计个税"), True),
)


@compares("months", "through_month")
def months_fit(values: Values) -> Iterator[Finding]:
    """Find more months employed here than the year has had."""
    months, through = values["months"], values["through_month"]
    if months is not None and through is not None and months > through:
        yield Finding("months", reason(_("By month %(through)d nobody was here longer."), through=int(through)))


@compares("pension_fen")
def pension_fits(values: Values) -> Iterator[Finding]:
    """Find a private pension above what a year allows."""
    if (values["pension_fen"] or 0) > 12_000_00:
        yield Finding("pension_fen", reason(_("A private pension counts up to 12,000 a year.")))


def _amount(name: str, header: str, synonyms: tuple[str, ...], required: bool) -> Column:
    return Column(name, header, Money(), required=required, example="0", synonyms=synonyms)


OPENING = Table(
    "opening_balances",
    "个税期初数",
    (
        Column("employee_no", "工号", Text(40), unique=True, example="0233", synonyms=("员工编号", "员工号")),
        Column("name", "姓名", Text(60), required=True, example="王小明", synonyms=("员工姓名", "纳税人姓名")),
        Column(
            "identity_number",
            "身份证号",
            IdentityNumberText(),
            unique=True,
            example="110101199003071276",
            note="工号和身份证号至少填一个。",
            synonyms=("身份证号码", "身份证", "证件号码"),
        ),
        Column(
            "tax_year", "年度", Integer(minimum=Decimal(2019), maximum=Decimal(2100)), required=True, example="2026",
            synonyms=("纳税年度", "税款所属年度"),
        ),
        Column(
            "through_month",
            "截至月份",
            Integer(minimum=Decimal(1), maximum=Decimal(12), units=("月",)),
            required=True,
            example="10",
            note="发薪月份，按个税申报的月份填。",
            synonyms=("截止月份", "税款所属月份"),
        ),
        Column(
            "months",
            "在职月数",
            Integer(minimum=Decimal(0), maximum=Decimal(12), units=("个月", "月")),
            required=True,
            example="10",
            note="当年在本单位的月数。",
            synonyms=("累计月数", "本单位月数", "任职月数"),
        ),
        Column("basic_method", "减除费用方式", Choice(BASICS), example="每月5000", synonyms=("减除方式",)),
        *(_amount(*each) for each in AMOUNTS),
    ),
    row_checks=(months_fit, pension_fits),
    one_of=(("employee_no", "identity_number"),),
)  # fmt: skip
