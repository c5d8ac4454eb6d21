"""Invented people at invented clients."""

import datetime as dt
import random
from dataclasses import dataclass, field

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严"
GIVEN = "海波春燕建国小军秀英桂兰志强慧敏文斌玉梅守田德福铁柱丽华诗涵国栋红梅小霞永强明亮雨桐翠萍立新晓东雪梅振华淑珍家豪美玲少华金凤长青秋菊宝山云霞大勇月娥新民彩霞光明素芬立军巧云"
BANKS = ("中国工商银行苏州支行", "中国建设银行昆山支行", "中国农业银行吴江支行", "中国银行苏州分行", "招商银行苏州分行")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Client:
    """One client enterprise, who serves it and what its sheets look like."""

    name: str
    full_name: str
    credit_code: str
    specialist: str
    headcount: int
    pay_day: int
    sites: tuple[tuple[str, str], ...]
    posts: tuple[tuple[str, str], ...]
    wages: tuple[int, int]
    contacts: tuple[tuple[str, str, str], ...]
    own_staff: int


CLIENTS = (
    Client(
        "澄光电子", "澄光电子（苏州）有限公司", "91320500MA1TE5T01D", "林晓芸", 120, 20,
        (("贴片一线", "workshop"), ("贴片二线", "workshop"), ("3号宿舍", "dormitory")),
        (("贴片操作工", "辅助性"), ("质检员", "辅助性"), ("仓管员", "替代性")), (3600, 4600),
        (("高建平", "贴片一线线长", "line"), ("陶敏", "贴片二线线长", "line"), ("何国安", "生产经理", "middle")), 1140,
    ),
    Client(
        "云杉食品", "云杉食品（苏州）有限公司", "91320500MA1TE5T02G", "林晓芸", 90, 20,
        (("包装车间", "workshop"), ("冷库", "workshop"), ("北宿舍", "dormitory")),
        (("包装工", "辅助性"), ("搬运工", "辅助性")), (3300, 4200),
        (("邵春燕", "包装班长", "line"), ("范立新", "车间主任", "middle")), 980,
    ),
    Client(
        "恒川包装", "恒川包装材料（昆山）有限公司", "91320500MA1TE5T03K", "郑凯", 80, 15,
        (("印刷车间", "workshop"), ("裱糊车间", "workshop"), ("2号宿舍", "dormitory")),
        (("印刷助手", "辅助性"), ("裱糊工", "临时性")), (3500, 4400),
        (("钟志强", "印刷班长", "line"), ("汪德福", "厂长助理", "middle")), 690,
    ),
    Client(
        "北岭物流", "北岭物流（苏州）有限公司", "91320500MA1TE5T04N", "许志强", 70, 15,
        (("分拣中心", "workshop"), ("东门仓", "workshop")),
        (("分拣员", "辅助性"), ("叉车司机", "替代性")), (3800, 5200),
        (("段海军", "分拣主管", "line"), ("彭晓东", "运营经理", "middle")), 560,
    ),
    Client(
        "南汀制衣", "南汀制衣（吴江）有限公司", "91320500MA1TE5T05R", "唐书瑶", 60, 25,
        (("缝制车间", "workshop"), ("后整车间", "workshop"), ("女工宿舍", "dormitory")),
        (("缝纫工", "辅助性"), ("熨烫工", "辅助性")), (3400, 4800),
        (("蔡秀英", "缝制组长", "line"), ("毛立军", "生产主管", "middle")), 610,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    number: int
    name: str
    identity_number: str
    phone: str
    rural: bool
    client: Client
    site: str
    post: str
    nature: str
    wage: int
    base: int
    start: dt.date
    last_day: dt.date | None
    bank: str
    account: str
    extra: dict = field(default_factory=dict)


def identity_number(birth: dt.date, serial: int) -> str:
    body = f"320500{birth:%Y%m%d}{serial:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def account_number(serial: int) -> str:
    """Return 19 digits with a right Luhn digit."""
    body = f"622200{serial:012d}"
    total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(body)))
    return body + str(-total % 10)


def people(rng: random.Random) -> list[Person]:
    found: list[Person] = []
    names: set[str] = set()
    for client in CLIENTS:
        shops = [name for name, kind in client.sites if kind == "workshop"]
        for place in range(client.headcount):
            number = len(found) + 1
            name = _name(rng, names, twin=number % 97 == 0)
            birth = dt.date(1970, 1, 1) + dt.timedelta(days=rng.randrange(33 * 365))
            post, nature = rng.choice(client.posts)
            start = dt.date(2026, 1, 5) + dt.timedelta(days=7 * rng.randrange(34))
            if place % 29 == 5:
                start = dt.date(2026, 10, rng.choice((9, 12, 15, 19)))
            last_day = dt.date(2026, 10, rng.choice((16, 23, 30))) if place % 37 == 11 else None
            wage = rng.randrange(client.wages[0], client.wages[1] + 1, 50)
            found.append(
                Person(
                    number, name, identity_number(birth, rng.randrange(100, 999)), f"1380{number:07d}",
                    rng.random() < 0.7, client, rng.choice(shops), post, nature, wage,
                    max(wage, 4494) // 10 * 10 + 10, start, last_day, rng.choice(BANKS), account_number(number * 7919),
                )
            )  # fmt: skip
    return found


def _name(rng: random.Random, taken: set[str], twin: bool) -> str:
    if twin and taken:
        return sorted(taken)[rng.randrange(len(taken))]
    while True:
        name = rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2, 2))))
        if name not in taken:
            taken.add(name)
            return name
