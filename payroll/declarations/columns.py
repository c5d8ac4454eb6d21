"""The workbook of declarations: one row for each thing a worker declares."""

from decimal import Decimal

from agency.spreadsheets.columns import Column, Table
from agency.spreadsheets.kinds import Choice, Date, IdentityNumberText, Integer, Money, Text

KINDS = {
    "children_education": ("子女教育", "子女教育支出"),
    "infant_care": ("3岁以下婴幼儿照护", "婴幼儿照护", "三岁以下婴幼儿照护", "3岁以下婴幼儿照护支出"),
    "elderly": ("赡养老人", "赡养老人支出"),
    "housing_loan": ("住房贷款利息", "住房贷款", "房贷", "住房贷款利息支出"),
    "rent": ("住房租金", "租房", "房租", "住房租金支出"),
    "degree": ("学历继续教育", "继续教育", "继续教育支出", "学历（学位）继续教育"),
    "certificate": ("职业资格继续教育", "职业资格", "证书"),
    "serious_illness": ("大病医疗", "大病医疗支出"),
    "private_pension": ("个人养老金",),
    "health_insurance": ("商业健康保险", "商业健康险", "税优健康险"),
    "annuity": ("年金", "企业年金", "职业年金"),
    "relief": ("减免税", "减免税额"),
}


def _whole(field: str, header: str, example: str, least: int, most: int, *synonyms: str) -> Column:
    kind = Integer(minimum=Decimal(least), maximum=Decimal(most), units=("个", "人", "月", "个月", "%", "％"))
    return Column(field, header, kind, example=example, synonyms=synonyms)


DECLARATIONS = Table(
    "tax_declarations",
    "专项附加扣除",
    (
        Column("employee_no", "工号", Text(40), example="0233", synonyms=("员工编号", "员工号")),
        Column("name", "姓名", Text(60), required=True, example="王小明", synonyms=("员工姓名", "纳税人姓名")),
        Column(
            "identity_number", "身份证号", IdentityNumberText(), example="110101199003071276",
            note="工号和身份证号至少填一个。", synonyms=("身份证号码", "身份证", "证件号码", "证照号码"),
        ),
        Column(
            "kind", "扣除项目", Choice(KINDS), required=True, example="子女教育",
            synonyms=("项目", "申报项目", "专项附加扣除项目", "扣除类型"),
        ),
        Column(
            "amount_fen", "每月金额", Money(), example="2000",
            note="只有一种标准的项目可以不填。", synonyms=("金额", "月扣除金额", "扣除金额"),
        ),
        _whole("count", "人数", "1", 1, 20, "子女人数", "子女数"),
        _whole("share", "扣除比例", "100", 1, 100, "分摊比例", "本人扣除比例"),
        Column("shared", "非独生子女分摊", Choice({True: ("是", "分摊", "非独生子女"), False: ("否", "独生子女")}),
               example="否", synonyms=("是否分摊", "分摊")),
        Column("since", "有效期起", Date(), required=True, example="2026-01-01", synonyms=("开始月份", "起始月份")),
        Column("until", "有效期止", Date(), example="2026-12-31", synonyms=("结束月份", "终止月份", "扣除终止月")),
        _whole("months_before", "以前已扣月数", "0", 0, 600, "已扣月数"),
        Column("base_fen", "年金计税基数", Money(), example="8000", synonyms=("年金基数",)),
        Column("note", "备注", Text(60), example="大女儿"),
    ),
    one_of=(("employee_no", "identity_number"),),
)  # fmt: skip
