"""Communication records kept on paper or in a client's own sheet, brought in at the end of the month."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from agency.reasons import _, reason
from agency.spreadsheets.columns import Column, Finding, Table, Values, compares
from agency.spreadsheets.kinds import (
    Choice,
    Date,
    IdentityNumberText,
    Integer,
    Minutes,
    Text,
    TimeOfDay,
    YesNo,
)

CHANNEL = Choice(
    {
        "face_to_face": ("面谈", "当面", "面对面", "现场", "访谈", "约谈"),
        "phone": ("电话", "手机", "通话", "致电"),
        "wechat": ("微信", "微信语音", "微信群", "QQ", "短信", "线上"),
        "round": ("巡查", "巡访", "走访", "巡视", "查房", "巡厂"),
    }
)


@compares("start_time", "end_time", "minutes")
def ends_after_start(values: Values) -> Iterator[Finding]:
    """Find talks that end before they begin, and talks without any length."""
    start, end = values["start_time"], values["end_time"]
    if start and end and end <= start:
        yield Finding("end_time", reason(_("The talk ends before it begins. Check both times.")))
    if values["end_time"] is None and values["minutes"] is None:
        yield Finding("minutes", reason(_("Neither an end nor a length: how long was the talk?")), warning=True)


RECORDS = Table(
    "communication_records",
    "沟通记录",
    (
        Column(
            "date",
            "日期",
            Date(),
            required=True,
            example="2026-10-12",
            synonyms=("沟通日期", "访谈日期", "拜访日期", "时间日期", "记录日期", "走访日期"),
        ),
        Column(
            "start_time",
            "开始时间",
            TimeOfDay(),
            example="14:30",
            synonyms=("沟通时间", "时间", "开始", "起始时间", "访谈时间"),
        ),
        Column("end_time", "结束时间", TimeOfDay(), example="14:50", synonyms=("结束", "截止时间")),
        Column(
            "minutes",
            "时长",
            Minutes(),
            example="20",
            note="分钟。结束时间和时长填一个就行。",
            synonyms=("时长分钟", "沟通时长", "用时", "分钟", "分钟数"),
        ),
        Column(
            "specialist",
            "客服",
            Text(60),
            required=True,
            example="林晓芸",
            synonyms=("客服专员", "专员", "驻点专员", "驻点专管员", "访谈人", "记录人", "客服人员"),
        ),
        Column(
            "client",
            "客户企业",
            Text(120),
            required=True,
            example="澄光电子",
            synonyms=("用工单位", "客户", "客户名称", "用工企业", "企业名称"),
        ),
        Column(
            "worker_name",
            "员工姓名",
            Text(60),
            example="王小明",
            synonyms=("姓名", "员工", "被访谈人", "访谈对象", "沟通对象", "派遣员工"),
        ),
        Column(
            "identity_number",
            "身份证号",
            IdentityNumberText(),
            example="110101199003071276",
            synonyms=("身份证号码", "身份证", "证件号码", "员工身份证号"),
        ),
        Column(
            "client_contact",
            "客户联系人",
            Text(60),
            example="",
            note="和客户的人谈就填这里，员工两栏空着。",
            synonyms=("联系人", "客户对接人", "对接人", "客户人员", "企业联系人"),
        ),
        Column("place", "地点", Text(120), example="2号宿舍", synonyms=("沟通地点", "访谈地点", "场所", "位置")),
        Column(
            "channel",
            "方式",
            CHANNEL,
            required=True,
            example="面谈",
            synonyms=("沟通方式", "访谈方式", "形式", "沟通形式", "渠道"),
        ),
        Column(
            "topic",
            "话题",
            Text(120),
            required=True,
            example="加班费",
            synonyms=("主题", "沟通主题", "事由", "类别", "问题类型", "沟通事项"),
        ),
        Column(
            "content",
            "内容",
            Text(4000, one_line=False),
            required=True,
            example="问9月加班费怎么算，已说清。",
            synonyms=("沟通内容", "访谈内容", "主要内容", "记录", "内容摘要", "情况说明"),
        ),
        Column(
            "follow_up",
            "后续",
            Text(1000, one_line=False),
            example="",
            synonyms=("后续跟进", "跟进", "处理结果", "跟进事项", "处理情况", "后续措施"),
        ),
        Column(
            "confirmed",
            "是否确认",
            YesNo(),
            example="是",
            synonyms=("确认", "对方确认", "是否签字", "签字确认"),
        ),
        Column(
            "rating",
            "评分",
            Integer(minimum=Decimal(1), maximum=Decimal(5), units=("分", "星")),
            example="5",
            synonyms=("满意度", "打分", "评价", "满意度评分"),
        ),
    ),
    row_checks=(ends_after_start,),
    one_of=(("worker_name", "identity_number", "client_contact"),),
)
