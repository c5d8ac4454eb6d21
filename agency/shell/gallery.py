"""Sample data of the gallery. All names are invented."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from .fields import YuanField
from .marks import BADGE_ICONS
from .widgets import Chips, ChipsOne, DayInput, Dropzone, Grade, Seg, Switch

PLACES = [("office", "办公室"), ("client", "客户企业"), ("workshop", "车间"), ("dormitory", "宿舍")]
PLACE_ICONS = {"office": "office", "client": "company", "workshop": "factory", "dormitory": "dorm"}
TOPICS = [("pay", "工资"), ("overtime", "加班"), ("dormitory", "宿舍"), ("food", "吃饭")]
FILLED_IN = {
    "name": "张守田",
    "identity_number": "32058319850412",
    "place": "dormitory",
    "topics": ["overtime"],
    "follow_up": "on",
    "wage": "3,600.005",
    "grade": "2",
}


class ExampleForm(forms.Form):
    """One field of every kind, some filled in wrongly."""

    name = forms.CharField(label="姓名")
    identity_number = forms.RegexField(
        r"^\d{17}[\dX]$", label="身份证号", error_messages={"invalid": "少 4 位，应是 18 位。"}
    )
    client = forms.ChoiceField(label="客户", choices=[("1", "澄光电子"), ("2", "恒屿精密")], required=False)
    met_on = forms.DateField(label="哪天", widget=DayInput, required=False)
    wage = YuanField(label="基本工资", help_text="按元填，最多两位小数。")
    note = forms.CharField(label="一句话记下来", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    place = forms.ChoiceField(label="在哪里", choices=PLACES, widget=Seg(icons=PLACE_ICONS, stacked=True))
    topics = forms.MultipleChoiceField(label="聊了什么", choices=TOPICS, widget=Chips)
    length = forms.ChoiceField(
        label="聊了多久", choices=[("5", "5分"), ("15", "15分")], widget=ChipsOne, required=False
    )
    grade = forms.ChoiceField(label="理解能力", choices=[(n, n) for n in range(4)], widget=Grade)
    follow_up = forms.BooleanField(label="要跟进", help_text="10月23日 周五前答复", widget=Switch)
    keep = forms.BooleanField(label="这台手机 30 天内不用再登", required=False)
    roster = forms.FileField(
        label="考勤表", widget=Dropzone("把考勤表拖到这里", "xlsx、csv 都行，10 MB 以内"), required=False
    )


def _line(label: str, amount: str, kind: str = "", note: str = "", before: str = "") -> dict[str, str]:
    return {"label": label, "amount": amount, "kind": kind, "note": note, "before": before}


SAMPLES: dict[str, Any] = {
    "today": date(2026, 10, 21),
    "now": timezone.make_aware(datetime(2026, 10, 21, 14, 30)),
    "colours": [
        "bg", "surface", "line-control", "text", "text-2", "text-3", "brand", "brand-soft", "routine",
        "ok-solid", "warn-solid", "bad-solid", "info-solid", "c1-solid", "c2-solid", "c3-solid", "c4-solid", "c5-solid",
    ],
    "badges": [("done", "做完"), ("doing", "在做"), ("soon", "今天"), ("late", "晚 2 天"), ("todo", "未到"),
               ("returned", "退回"), ("off", "等确认"), ("warn", "有出入"), ("bad", "不属实"), ("brand", "沟通")],
    "badge_states": sorted(BADGE_ICONS),
    "steps": [
        {"label": "采集考勤", "note": "10日", "url": "#", "done": True},
        {"label": "导入", "note": "12日", "url": "#", "done": True},
        {"label": "自查", "note": "还有 7 条", "url": "#", "current": True},
        {"label": "复核", "note": "22日", "url": "#"},
        {"label": "发放", "note": "23日", "url": "#"},
    ],
    "people": [
        {"name": "张守田", "url": "#", "client": 1, "where": "3号宿舍 402", "days": 38},
        {"name": "马文斌", "url": "#", "client": 2, "where": "数控车间", "days": 24},
        {"name": "陈立新", "url": "#", "client": 3, "where": "入职第 3 天", "days": None},
    ],
    "cells": [
        {"state": "done", "text": "4/4", "url": "#"}, {"state": "late", "text": "晚 2 天", "url": "#"},
        {"state": "soon", "text": "今天", "url": "#"}, {"state": "part", "text": "38/72", "part": 53, "url": "#"},
        {"state": "none", "text": ""},
    ],
    "tabs": [{"url": "#", "label": "我的", "count": 5, "current": True}, {"url": "#", "label": "办结", "count": 41}],
    "filters": [("", "全部", 96), ("look", "要看的", 7), ("new", "新来", 9)],
    "events": [
        {"state": "talk", "icon": "chat", "title": "和张守田面谈", "text": "热水不够用。", "when": "昨天 14:30"},
        {"state": "bad", "icon": "late", "title": "发工资晚了 3 天", "text": "", "when": "10月16日"},
    ],
    "lines": [
        _line("基本工资", "3,600.00", before="3,600.00"),
        _line("平日加班 18 小时", "558.62", note="每小时 20.69 × 1.5", before="682.76"),
        _line("应发", "4,158.62", "sum", before="4,282.76"),
        _line("实发", "¥3,391.93", "total", before="3,510.20"),
    ],
    "rows": [
        {"name": "王海波", "number": "0217", "status": ("warn", "夜班差 1 次"), "net": 535180, "change": 4869},
        {"name": "丁秀英", "number": "0305", "status": ("bad", "扣款超 20%"), "net": 270907, "change": -167909,
         "state": "bad"},
    ],
}  # fmt: skip
