"""The month's attendance of one client, with what only the client knows: allowances and deductions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from agency.reasons import _, reason
from agency.spreadsheets.columns import Column, Finding, Table, Values, compares
from agency.spreadsheets.kinds import IdentityNumberText, Integer, Kind, Money, Quantity, Text
from payroll.calculation.items import Item, Source

# Labour Law (2018), article 41: no more than 36 hours of overtime a month, holidays not counted here.
OVERTIME_LIMIT = Decimal(36)

_DAYS = ("天", "日", "个工作日", "d")
_HOURS = ("个小时", "小时", "时", "H", "h")


def _days() -> Kind:
    return Quantity(2, Decimal(0), Decimal(31), _DAYS)


def _hours(most: int) -> Kind:
    return Quantity(2, Decimal(0), Decimal(most), _HOURS)


@compares("days_worked", "days_absent")
def days_fit_a_month(values: Values) -> Iterator[Finding]:
    """Find rows whose days worked and missed are together more than any month has."""
    worked, missed = values["days_worked"], values["days_absent"]
    if worked is not None and missed is not None and worked + missed > 31:
        yield Finding("days_absent", reason(_("Days worked and days absent are together more than a month has.")))


@compares("overtime_hours", "weekend_hours")
def overtime_is_lawful(values: Values) -> Iterator[Finding]:
    """Warn of more overtime on workdays and rest days than the law allows in a month."""
    hours = (values["overtime_hours"] or 0) + (values["weekend_hours"] or 0)
    if hours > OVERTIME_LIMIT:
        yield Finding(
            "overtime_hours",
            reason(
                _("%(hours)s hours of overtime; the law allows %(limit)d a month. Ask the client."),
                hours=f"{Decimal(hours).normalize():f}",
                limit=int(OVERTIME_LIMIT),
            ),
            warning=True,
        )


ATTENDANCE = Table(
    "attendance",
    "考勤汇总",
    (
        Column(
            "employee_no",
            "工号",
            Text(40),
            unique=True,
            example="0233",
            synonyms=("员工编号", "员工工号", "人员编号", "职工编号", "员工号"),
        ),
        Column(
            "name",
            "姓名",
            Text(60),
            required=True,
            example="王小明",
            synonyms=("员工姓名", "名字", "人员姓名"),
        ),
        Column(
            "identity_number",
            "身份证号",
            IdentityNumberText(),
            unique=True,
            example="110101199003071276",
            note="工号和身份证号至少填一个。",
            synonyms=("身份证号码", "身份证", "证件号码", "证件号", "公民身份号码"),
        ),
        Column(
            "days_worked",
            "出勤天数",
            _days(),
            required=True,
            example="22",
            synonyms=(
                "出勤",
                "实际出勤",
                "实出勤",
                "出勤天",
                "实际出勤天数",
                "实出勤天数",
                "出勤日数",
                "上班天数",
            ),
        ),
        Column(
            "overtime_hours",
            "平日加班小时",
            _hours(300),
            example="18",
            synonyms=(
                "平日加班",
                "平时加班",
                "工作日加班",
                "平时加班小时",
                "平日加班时数",
                "1.5倍加班",
                "加班1.5倍",
                "加班小时平日",
            ),
        ),
        Column(
            "weekend_hours",
            "周末加班小时",
            _hours(300),
            example="16",
            synonyms=(
                "周末加班",
                "休息日加班",
                "双休加班",
                "周末加班时数",
                "2倍加班",
                "加班2倍",
                "休息日加班小时",
                "加班小时周末",
            ),
        ),
        Column(
            "holiday_hours",
            "节日加班小时",
            _hours(300),
            example="0",
            synonyms=(
                "节日加班",
                "节假日加班",
                "法定加班",
                "法定节假日加班",
                "3倍加班",
                "加班3倍",
                "节假日加班小时",
                "加班小时节日",
            ),
        ),
        Column(
            "night_shifts",
            "夜班次数",
            Integer(maximum=Decimal(31), units=("次", "个", "天")),
            example="4",
            synonyms=("夜班", "夜班天数", "夜班数", "中夜班次数"),
        ),
        Column(
            "days_absent",
            "缺勤天数",
            _days(),
            example="0",
            synonyms=("缺勤", "旷工天数", "旷工", "缺勤天", "请假天数", "事假天数"),
        ),
        Column("sick_days", "病假天数", _days(), example="0", synonyms=("病假", "病假天")),
        Column(
            "allowances_fen",
            "津贴",
            Money(),
            example="200.00",
            synonyms=("其他津贴", "补贴", "津贴补贴", "其他补贴", "补助", "奖金津贴"),
        ),
        Column(
            "deductions_fen",
            "扣款",
            Money(),
            example="0",
            synonyms=("其他扣款", "扣除", "应扣", "扣款合计", "水电扣款"),
        ),
        Column(
            "special_deduction_fen",
            "专项附加扣除",
            Money(),
            example="1000.00",
            note="填本期数，不是全年累计。",
            synonyms=("本期专项附加扣除", "专项附加", "专项扣除", "专项附加扣除本期"),
        ),
        Column("remark", "备注", Text(300, one_line=False), example="", synonyms=("说明", "备注说明")),
    ),
    row_checks=(days_fit_a_month, overtime_is_lawful),
    one_of=(("employee_no", "identity_number"),),
)


def with_own(table: Table, items: Iterable[Item]) -> Table:
    """Return a sheet with the columns a client's scheme asks for, before the remark."""
    *known, remark = table.columns
    return replace(table, columns=(*known, *map(_own, items), remark))


def field_of(item: Item) -> str:
    """Return the name under which an item's figure is read from a sheet or a form."""
    return f"item_{item.key}"


def _own(item: Item) -> Column:
    kind = Money() if item.source == Source.AMOUNT else Quantity(2)
    return Column(field_of(item), item.name, kind, example="0")
