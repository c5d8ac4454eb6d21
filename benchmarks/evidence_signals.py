"""Look through one month of 200,000 records, and through a tenth of it: the time for each record must stay the same.

The texts are made of the phrases and things people write, a fifth begins with a form's words, one in fifty is copied
from an earlier one, and one person copies one text a thousand times. Each size runs in a process of its own, on an
agency of its own. The ratio is that of the time for each record, large against small, at most 1.5. A second look,
when nothing has changed, and one after a hundred new records are measured apart. Run it through bin/bench.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import subprocess
import sys
import time
import uuid
from itertools import pairwise

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
django.setup()

from agency.models import Agency, StaffMember, StaffRole  # noqa: E402
from agency.periods import Period  # noqa: E402
from agency.permissions import Role  # noqa: E402
from agency.progress.models import BackgroundJob, State  # noqa: E402
from agency.progress.reporting import report_progress  # noqa: E402
from agency.tenancy.context import tenant  # noqa: E402
from benchmarks._database import vacuum  # noqa: E402
from benchmarks._memory import forget_peak, peak_megabytes  # noqa: E402
from benchmarks._people import new_client  # noqa: E402
from benchmarks._report import report  # noqa: E402
from servicedesk.evidence.looking import look_through  # noqa: E402
from servicedesk.evidence.models import EvidenceSignal  # noqa: E402
from servicedesk.models import CommunicationLog  # noqa: E402

LOGS, MONTH, LIMIT, BATCH, PER_PERSON = 200_000, Period(2026, 10), 1.5, 10_000, 100
words = str.split

FORM = "今天按计划到现场走访，了解员工的工作和生活情况，本次沟通内容如下："
COPIED = "新来的三位员工都已经住下，被褥领齐，班长带着认了车间和食堂，晚上打电话问过都说适应。"
WHO = "张王李赵陈刘杨黄周吴徐孙马朱胡郭何高林罗"
WHERE = words("一车间 二车间 三车间 包装线 注塑线 冲压线 仓库 质检台 南门宿舍 北楼宿舍 食堂 班车站")
WHAT = words(
    "夜班加餐 热水不够用 加班工资怎么算 换一副手套 工资条看不明白 想调到白班 空调漏水 "
    "社保断了一个月 孩子要开学 组长说话冲 设备老是停 想请三天假 工作服偏小 上下铺想换 "
    "班车来得晚 体检报告没拿到 合同快到期 计件单价 新员工跟不上 宿舍太吵 饭菜偏咸 "
    "手机没信号 安全帽旧了 离职手续 岗位补贴 高温补贴 转正时间 住房公积金提取"
)
THEN = words(
    "已经记下来报给主管 当场打电话问清楚了 约好周五再来看 讲了一遍政策 他说能接受 "
    "需要公司出面谈 让班长先盯着 明天把材料带来 已经和宿管说好 下个月再跟进 本人情绪还算稳定 "
    "答应再干一阵看看 转给薪资同事核对 拍了照发群里"
)


def text(dice: random.Random, kept: list[str]) -> str:
    """Write one record; one in fifty copies an earlier one and changes a word."""
    if kept and dice.random() < 0.02:
        return dice.choice(kept).replace("今天", "昨天", 1)
    says = [
        f"{dice.choice(WHO)}师傅在{dice.choice(WHERE)}说{dice.choice(WHAT)}，{dice.choice(WHAT)}，{dice.choice(THEN)}"
        for _ in range(dice.randrange(1, 4))
    ]
    return (FORM if dice.random() < 0.2 else "") + "；".join(says) + "。" + chr(dice.randrange(0x4E00, 0x9FA5)) * 2


def fill(slug: str, logs: int) -> Agency:
    """Make an agency with so many records of one month, a hundred by each specialist."""
    dice = random.Random(20261124)
    agency = Agency.objects.create(name=f"{slug}人力资源有限公司", short_name=slug, slug=slug)
    with tenant(agency):
        people = [
            StaffMember.objects.create(name=f"专员{number}", phone=f"{logs:06d}{number:05d}")
            for number in range(max(logs // PER_PERSON, 1))
        ]
        StaffRole.objects.bulk_create([StaffRole(staff=one, role=Role.SPECIALIST) for one in people])
        places = [(client, site) for client, sites, _post in (new_client(slug, n) for n in range(40)) for site in sites]
    kept: list[str] = []
    for first in range(0, logs, BATCH):
        with tenant(agency):
            rows = [_log(dice, number, people, places, kept) for number in range(first, min(first + BATCH, logs))]
            CommunicationLog.objects.bulk_create(rows)
    vacuum([CommunicationLog._meta.db_table])
    return agency


def _log(dice: random.Random, number: int, people: list, places: list, kept: list[str]) -> CommunicationLog:
    started = dt.datetime(2026, 10, 1, 0, 0, tzinfo=dt.UTC) + dt.timedelta(
        days=number % 31, minutes=30 * dice.randrange(20)
    )
    client, site = dice.choice(places)
    said = COPIED if number % 200 == 7 else text(dice, kept)
    if number % 10 == 0 and len(kept) < BATCH:
        kept.append(said)
    return CommunicationLog(
        uuid=uuid.UUID(int=dice.getrandbits(128)),
        staff=people[number // 31 % len(people)],
        client=client,
        site=site,
        channel=dice.choice(("face", "face", "phone")),
        place="workshop",
        started_at=started,
        day=(started + dt.timedelta(hours=8)).date(),
        minutes=dice.choice((10, 15, 20)),
        said=said,
        entered_at=started + dt.timedelta(hours=dice.randrange(1, 30), seconds=number % 3600),
    )


def look(agency: Agency) -> tuple[float, dict]:
    """Look through the month once, as the job does; return the seconds and what it did."""
    with tenant(agency):
        job = BackgroundJob.objects.create(kind="evidence.look", key="bench", state=State.RUNNING, attempt=1)
    began = time.perf_counter()
    with report_progress(job) as progress:
        progress.result = look_through(progress, MONTH)
    seconds = time.perf_counter() - began
    with tenant(agency):
        BackgroundJob.objects.all().delete()
    return seconds, progress.result


def step(logs: int) -> dict:
    """Fill and look three times: all new, nothing new, a hundred new."""
    agency = fill(f"signs-{logs}", logs)
    forget_peak()
    first, done = look(agency)
    again, _nothing = look(agency)
    with tenant(agency):
        some = list(CommunicationLog.objects.order_by("pk").values_list("pk", flat=True)[:100])
        CommunicationLog.objects.filter(pk__in=some).update(said="改过的话：" + COPIED)
        signs = EvidenceSignal.objects.count()
    later, changed = look(agency)
    megabytes = round(peak_megabytes())
    assert done["read"] == logs and done["signs"] == signs and changed["read"] == len(some)
    return {"logs": logs, "first": first, "again": again, "later": later, "signs": signs, "megabytes": megabytes}


def measure(logs: int) -> dict:
    """Take one size in a fresh process."""
    command = [sys.executable, __file__, "step", str(logs)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def main(logs: int) -> int:
    """Print a line for each size and for the two later looks; return 1 when large costs over 1.5 of small a record."""
    fine = True
    sizes = [measure(logs // 10), measure(logs)]
    for small, large in pairwise(sizes):
        for name in ("first", "again", "later"):
            ratio = large[name] / large["logs"] / (small[name] / small["logs"])
            fine &= name != "first" or ratio <= LIMIT
            report(
                f"evidence_signals.{name}",
                large["logs"] / large[name],
                "records/s",
                ratio,
                f"the time for each of {small['logs']} records",
                limit=LIMIT,
                seconds=round(large[name], 1),
                signs=large["signs"],
                megabytes=large["megabytes"],
                small_megabytes=small["megabytes"],
            )
    return 0 if fine else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["step"]:
        print(json.dumps(step(int(sys.argv[2]))))
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else LOGS))
