"""Names that every formula of a scheme may ask for, on screen and in English, with their kinds."""

from .formulas import Kind

# What every formula may ask for: its name on screen and in English, its kind.
FACTS: dict[str, tuple[str, Kind]] = {
    "月薪": ("wage", Kind.AMOUNT),
    "出勤天数": ("days_worked", Kind.NUMBER),
    "应出勤天数": ("days_scheduled", Kind.NUMBER),
    "缺勤天数": ("days_absent", Kind.NUMBER),
    "病假天数": ("days_sick", Kind.NUMBER),
    "平日加班小时": ("hours_weekday", Kind.NUMBER),
    "休息日加班小时": ("hours_rest_day", Kind.NUMBER),
    "节日加班小时": ("hours_holiday", Kind.NUMBER),
    "夜班次数": ("night_shifts", Kind.NUMBER),
    "司龄月数": ("months_of_service", Kind.NUMBER),
    "月份": ("month", Kind.NUMBER),
    "最低工资": ("minimum_wage", Kind.AMOUNT),
    "高温津贴标准": ("heat_allowance", Kind.AMOUNT),
    "整月": ("whole_month", Kind.TRUTH),
    "月薪制": ("paid_monthly", Kind.TRUTH),
}
STANDARD: dict[str, tuple[str, Kind]] = {
    "基本工资": ("base_pay", Kind.AMOUNT),
    "缺勤扣款": ("absence_pay", Kind.AMOUNT),
    "平日加班费": ("overtime_weekday", Kind.AMOUNT),
    "休息日加班费": ("overtime_rest_day", Kind.AMOUNT),
    "节日加班费": ("overtime_holiday", Kind.AMOUNT),
    "夜班津贴": ("night_allowance", Kind.AMOUNT),
    "病假工资": ("sick_pay", Kind.AMOUNT),
    "其他津贴": ("other_allowances", Kind.AMOUNT),
}
RESERVED = {name: kind for table in (FACTS, STANDARD) for chinese, (english, kind) in table.items()
            for name in (chinese, english)}  # fmt: skip
LATE = {name for chinese, (english, _kind) in STANDARD.items() for name in (chinese, english)}
