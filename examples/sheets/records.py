"""A month of talks as specialists write them down: honest ones, hasty ones, and one who copies."""

import datetime as dt
import random
from dataclasses import dataclass, replace
from pathlib import Path

import xlsxwriter

from examples.people import Client, Person
from examples.sheets.attendance import Month

TOPICS = ("工资", "加班", "宿舍", "社保", "请假", "安全", "家里的事", "转岗", "食堂")
SAID = {
    "工资": (
        "问 9月夜班补贴少一晚，已对过考勤，下月补",
        "看不懂工资条，逐项讲了一遍，听明白了",
        "想知道发薪日能不能提前，说明了协议约定",
    ),
    "加班": (
        "连着上了两个周末，有点累，想十一后歇一天",
        "加班时数和班长记的差 2 小时，约好一起核对",
        "愿意多加班，提醒了 36 小时的上限",
    ),
    "宿舍": ("热水晚上九点后不热，已报宿管", "同屋打呼噜想换房，登记了，周五前答复", "门锁不好用，当场找人修了"),
    "社保": ("问老家的社保能不能转过来，给了办理清单", "想查公积金缴了没有，教会了在手机上查"),
    "请假": ("十一想多请两天回家，帮着和班长商量好了", "孩子发烧要请一天，已和班长说好"),
    "安全": ("模切机护罩松了，拍照报给车间主任，下午修好", "新人没戴耳塞，当场提醒并领了一副"),
    "家里的事": ("母亲住院，问能不能预支工资，报给财务了", "孩子上学要证明，下周一带来"),
    "转岗": ("想从搬运转到包装，先问了班长意见", "嫌站久了腿疼，问有没有坐着的岗位"),
    "食堂": ("菜太油，反映给后勤，下周换菜单", "夜班饭凉，提议加保温箱"),
}
COPIED = "员工反映近期加班较多，比较疲惫，已安抚情绪，建议合理安排休息，员工表示理解。"
MANAGER_SAID = (
    "对了 10月排班，下周加开夜班，需要 6 个人",
    "说最近新人走得快，约好一起做入职第一周的访谈",
    "考勤表月底 2日前给，加班要班长签字",
    "反映两位员工迟到，约好先由我来谈",
)
# How much of a month each specialist does: share of workers talked with, talks with managers, minutes, copies?
WAYS = {
    "林晓芸": (0.62, 5, (10, 30), False),
    "郑凯": (0.30, 1, (5, 20), True),
    "许志强": (0.55, 3, (10, 25), False),
    "唐书瑶": (0.70, 4, (12, 35), False),
}


@dataclass(frozen=True)
class Talk:
    day: dt.date
    start: dt.time
    minutes: int
    specialist: str
    client: Client
    person: Person | None
    contact: str
    channel: str
    topic: str
    said: str
    follow_up: str
    place: str = ""


def write(folder: Path, people: list[Person], month: Month, rng: random.Random) -> list[Talk]:
    """Write the month's records of all specialists into one workbook and return them."""
    talks = [talk for name in WAYS for talk in _month_of(name, people, month.workdays, rng)]
    weeks = sorted({talk.day.isocalendar().week for talk in talks})
    for number, week in enumerate(weeks, 1):
        mine = [talk for talk in talks if talk.day.isocalendar().week == week]
        _write_week(
            folder / f"沟通记录汇总{month.label}-{number}.xlsx", f"{month.label}沟通走访记录（各驻点汇总）", mine
        )
    return talks


def _write_week(path: Path, title: str, talks: list[Talk]) -> None:
    heads = (
        "客服",
        "日期",
        "开始时间",
        "时长",
        "客户企业",
        "员工姓名",
        "身份证号",
        "客户联系人",
        "方式",
        "话题",
        "内容",
        "后续",
        "地点",
    )
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("沟通记录")
        sheet.merge_range(0, 0, 0, len(heads) - 1, title)
        sheet.write_row(1, 0, heads)
        for row, talk in enumerate(talks, 2):
            _write_row(sheet, row, talk)


def _write_row(sheet, row: int, talk: Talk) -> None:  # type: ignore[no-untyped-def]
    sheet.write_string(row, 0, talk.specialist)
    if row % 3:
        sheet.write_datetime(row, 1, dt.datetime.combine(talk.day, dt.time()))
    else:
        sheet.write_string(
            row, 1, f"{talk.day.year}年{talk.day.month}月{talk.day.day}日" if row % 2 else f"{talk.day:%Y/%m/%d}"
        )
    sheet.write_string(row, 2, f"{talk.start:%H:%M}" if row % 4 else f"{talk.start.hour}：{talk.start.minute:02d}")
    sheet.write_string(row, 3, f"{talk.minutes}分钟") if row % 5 == 0 else sheet.write_number(row, 3, talk.minutes)
    sheet.write_string(row, 4, talk.client.name)
    sheet.write_string(row, 5, talk.person.name if talk.person else "")
    sheet.write_string(row, 6, talk.person.identity_number if talk.person else "")
    texts = (talk.contact, talk.channel, talk.topic, talk.said, talk.follow_up, talk.place)
    for column, text in enumerate(texts, 7):
        sheet.write_string(row, column, text)


def _month_of(name: str, people: list[Person], workdays: list[dt.date], rng: random.Random) -> list[Talk]:
    share, managers, minutes, copies = WAYS[name]
    mine = [person for person in people if person.client.specialist == name]
    met = [person for person in mine if rng.random() < share]
    clients = list(dict.fromkeys(person.client for person in mine))
    days = [day for day in workdays if not copies or day.day > 18]
    slots = {day: dt.datetime.combine(day, dt.time(9, rng.randrange(0, 30, 5))) for day in days}
    talks = []
    for person in met:
        open_days = [d for d in days if person.start <= d and (person.last_day is None or d <= person.last_day)]
        if not open_days:
            continue
        day = min(rng.sample(open_days, min(3, len(open_days))), key=lambda d: slots[d])
        topic = rng.choice(TOPICS)
        said = COPIED if copies and rng.random() < 0.6 else rng.choice(SAID[topic])
        talks.append(_talk(name, person.client, person, "", topic, said, day, slots, minutes, rng))
    for client in clients:
        for turn in range(managers):
            contact = client.contacts[turn % len(client.contacts)][0]
            talks.append(
                _talk(
                    name, client, None, contact, "排班", rng.choice(MANAGER_SAID), rng.choice(days), slots, minutes, rng
                )
            )
        talks += _rounds(name, client, [p for p in met if p.client is client], days, slots, rng, once=copies)
    return sorted(talks, key=lambda talk: (talk.day, talk.start))


def _rounds(
    name: str, client: Client, met: list[Person], days: list, slots: dict, rng: random.Random, *, once: bool
) -> list[Talk]:
    """Visit the client's dormitory once a week, or once a month."""
    dormitory = next((site for site, kind in client.sites if kind == "dormitory"), None)
    weeks = sorted({day.isocalendar().week for day in days})
    rounds = []
    for week in weeks[-1:] if once else weeks:
        day = rng.choice([d for d in days if d.isocalendar().week == week])
        there = [p for p in met if p.start <= day and (p.last_day is None or day <= p.last_day)]
        if dormitory and there:
            said = rng.choice(SAID["宿舍"])
            talk = _talk(name, client, rng.choice(there), "", "宿舍", said, day, slots, (15, 30), rng)
            rounds.append(replace(talk, channel="巡查", place=dormitory))
    return rounds


def _talk(
    name: str, client: Client, person: Person | None, contact: str, topic: str, said: str, day: dt.date,
    slots: dict, minutes: tuple[int, int], rng: random.Random,
) -> Talk:  # fmt: skip
    length = rng.randrange(minutes[0], minutes[1] + 1)
    start = slots[day]
    slots[day] = start + dt.timedelta(minutes=length + rng.randrange(3, 15))
    follow_up = rng.choice(("", "", "", f"{min(day.day + 3, 31)}日前答复")) if person else ""
    channel = rng.choice(("面谈", "当面", "走访", "面谈", "微信", "电话"))
    return Talk(day, start.time(), length, name, client, person, contact, channel, topic, said, follow_up)
