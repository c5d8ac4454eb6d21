"""The roster: who works where under which contract. Last days are inclusive, as contracts write them."""

from __future__ import annotations

from decimal import Decimal

from agency.spreadsheets.columns import Column, Table
from agency.spreadsheets.kinds import (
    BankAccountNumber,
    Choice,
    Date,
    IdentityNumberText,
    Money,
    Percent,
    Phone,
    Text,
)

from .roster_checks import bank_complete, dates_in_order, old_enough, terms_lawful

RESIDENCE = Choice(
    {
        "urban": (
            "城镇",
            "城市",
            "非农",
            "非农业",
            "非农户口",
            "城镇户口",
            "非农业户口",
            "本市城镇",
            "外埠城镇",
            "居民",
        ),
        "rural": ("农村", "农业", "农户", "农业户口", "农村户口", "本市农村", "外埠农村", "农民"),
    }
)
POST_NATURE = Choice(
    {
        "temporary": ("临时性", "临时", "临时性岗位"),
        "auxiliary": ("辅助性", "辅助", "辅助性岗位"),
        "substitute": ("替代性", "替代", "替代性岗位"),
    }
)


ROSTER = Table(
    "roster",
    "员工花名册",
    (
        Column(
            "employee_no",
            "工号",
            Text(20),
            unique=True,
            example="0233",
            synonyms=("员工编号", "员工工号", "人员编号", "职工编号", "工号编码", "员工号"),
        ),
        Column(
            "name",
            "姓名",
            Text(40),
            required=True,
            example="王小明",
            synonyms=("员工姓名", "名字", "人员姓名", "职工姓名", "派遣员工", "派遣员工姓名"),
        ),
        Column(
            "identity_number",
            "身份证号",
            IdentityNumberText(),
            required=True,
            unique=True,
            example="110101199003071276",
            synonyms=(
                "身份证号码",
                "身份证",
                "证件号码",
                "证件号",
                "公民身份号码",
                "身份证件号码",
                "居民身份证号码",
            ),
        ),
        Column(
            "phone",
            "手机号",
            Phone(),
            example="13800005678",
            synonyms=("手机", "手机号码", "联系电话", "电话", "联系方式", "移动电话", "电话号码", "本人电话"),
        ),
        Column(
            "residence",
            "户口性质",
            RESIDENCE,
            example="农村",
            synonyms=("户籍性质", "户籍类型", "户口类型", "户口类别"),
        ),
        Column(
            "client",
            "客户企业",
            Text(120),
            required=True,
            example="澄光电子",
            synonyms=(
                "用工单位",
                "客户",
                "客户名称",
                "用工企业",
                "派遣单位名称",
                "用人企业",
                "实际用工单位",
                "企业名称",
            ),
        ),
        Column(
            "site",
            "厂区",
            Text(60),
            example="一厂",
            synonyms=("工作地点", "驻点", "工厂", "用工地点", "车间"),
        ),
        Column(
            "post",
            "岗位",
            Text(60),
            required=True,
            example="装配工",
            synonyms=("职位", "工种", "岗位名称", "工作岗位", "职务"),
        ),
        Column(
            "post_nature",
            "岗位性质",
            POST_NATURE,
            example="辅助性",
            synonyms=("三性", "岗位类型", "岗位类别", "用工性质"),
        ),
        Column(
            "contract_start",
            "合同开始日期",
            Date(),
            required=True,
            example="2026-01-05",
            synonyms=(
                "劳动合同开始日期",
                "合同起始日期",
                "合同开始",
                "合同起始日",
                "合同起",
                "合同签订日期",
                "劳动合同起始日",
            ),
        ),
        Column(
            "contract_last_day",
            "合同结束日期",
            Date(may_be_open=True),
            required=True,
            example="2028-01-04",
            note="填最后一天；无固定期限的写“无固定期限”。",
            synonyms=(
                "劳动合同结束日期",
                "合同终止日期",
                "合同到期日",
                "合同到期日期",
                "合同结束",
                "合同止",
                "合同终止日",
            ),
        ),
        Column(
            "probation_last_day",
            "试用期到期日",
            Date(),
            example="2026-03-04",
            synonyms=("试用期结束日期", "试用期截止", "试用期止", "试用期到期", "试用到期日"),
        ),
        Column(
            "placement_start",
            "派遣开始日期",
            Date(),
            required=True,
            example="2026-01-05",
            synonyms=("派遣起始日期", "派遣开始", "上岗日期", "入职日期", "进厂日期", "派遣起", "到岗日期"),
        ),
        Column(
            "placement_last_day",
            "派遣结束日期",
            Date(may_be_open=True),
            example="2028-01-04",
            note="填最后一天；还没定就空着。",
            synonyms=("派遣终止日期", "派遣到期日", "派遣结束", "派遣止", "离厂日期"),
        ),
        Column(
            "insurance_city",
            "参保城市",
            Text(20),
            required=True,
            example="苏州",
            synonyms=("社保城市", "参保地", "缴纳城市", "缴费城市", "社保缴纳地", "参保地区"),
        ),
        Column(
            "insurance_base_fen",
            "社保基数",
            Money(),
            required=True,
            example="4494.00",
            synonyms=("社保缴费基数", "社会保险基数", "缴费基数", "社保缴纳基数", "社保申报基数"),
        ),
        Column(
            "fund_base_fen",
            "公积金基数",
            Money(),
            example="4494.00",
            synonyms=("公积金缴存基数", "住房公积金基数", "公积金缴费基数"),
        ),
        # State Council Regulation on the Housing Provident Fund and its rule of 2016: 5 % to 12 %.
        Column(
            "fund_percent",
            "公积金比例",
            Percent(2, Decimal(5), Decimal(12)),
            example="5",
            synonyms=("公积金缴存比例", "住房公积金比例", "公积金比例%", "公积金缴费比例"),
        ),
        Column(
            "base_wage_fen",
            "基本工资",
            Money(),
            example="2490.00",
            synonyms=("底薪", "月薪", "基本薪资", "合同工资", "月基本工资", "基础工资"),
        ),
        Column(
            "bank_name",
            "开户行",
            Text(60),
            example="中国工商银行苏州支行",
            synonyms=("开户银行", "银行", "银行名称", "开户行名称", "工资卡开户行"),
        ),
        Column(
            "bank_account",
            "银行账号",
            BankAccountNumber(),
            example="6222021234567890128",
            synonyms=("银行卡号", "工资卡号", "卡号", "账号", "银行帐号", "工资卡", "银行卡", "收款账号"),
        ),
    ),
    row_checks=(dates_in_order, terms_lawful, old_enough, bank_complete),
)
