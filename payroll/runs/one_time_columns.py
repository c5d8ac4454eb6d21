"""What the sheets of the other kinds of runs hold: one amount a worker instead of a month's attendance."""

from agency.spreadsheets.columns import Column, Table
from agency.spreadsheets.kinds import Choice, Money
from payroll.models import PayrollRun

from .attendance_columns import ATTENDANCE

Kind = PayrollRun.Kind
WHO = tuple(ATTENDANCE.by_field[name] for name in ("employee_no", "name", "identity_number"))
REMARK = ATTENDANCE.by_field["remark"]
ONE_OF = ATTENDANCE.one_of

BONUS = Table(
    "bonus",
    "年终奖",
    (
        *WHO,
        Column(
            "one_time_fen",
            "奖金",
            Money(),
            required=True,
            example="36000.00",
            synonyms=("年终奖", "年终奖金", "全年一次性奖金", "金额", "奖金金额", "税前奖金"),
        ),
        Column(
            "taxed_apart",
            "计税方式",
            Choice({True: ("单独计税", "单独"), False: ("并入综合所得", "并入", "合并计税", "合并")}),
            example="单独计税",
            note="不填就按单独计税，导入以后可以两种比一比。",
            synonyms=("计税方法",),
        ),
        REMARK,
    ),
    one_of=ONE_OF,
)
SEVERANCE = Table(
    "severance",
    "离职补偿",
    (
        *WHO,
        Column(
            "one_time_fen",
            "补偿金",
            Money(),
            required=True,
            example="50000.00",
            synonyms=("经济补偿金", "经济补偿", "一次性补偿金", "离职补偿金", "离职补偿", "金额"),
        ),
        REMARK,
    ),
    one_of=ONE_OF,
)
EXTRA = Table(
    "extra_pay",
    "补发更正",
    (
        *WHO,
        Column(
            "allowances_fen",
            "补发金额",
            Money(),
            example="200.00",
            synonyms=("补发", "应补发", "补发工资", "金额", *ATTENDANCE.by_field["allowances_fen"].synonyms, "津贴"),
        ),
        Column(
            "deductions_fen",
            "扣回金额",
            Money(),
            example="0",
            synonyms=("扣回", "应扣回", *ATTENDANCE.by_field["deductions_fen"].synonyms, "扣款"),
        ),
        REMARK,
    ),
    one_of=(*ONE_OF, ("allowances_fen", "deductions_fen")),
)
TABLES = {
    Kind.REGULAR: ATTENDANCE,
    Kind.BONUS: BONUS,
    Kind.SEVERANCE: SEVERANCE,
    Kind.SUPPLEMENTARY: EXTRA,
    Kind.CORRECTION: EXTRA,
}


def table_of(kind: str) -> Table:
    """Return what the sheet of a kind of run holds."""
    return TABLES[Kind(kind)]
