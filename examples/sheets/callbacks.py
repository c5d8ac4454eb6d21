"""What a call-back finds for each talk; the spot check reads it for the talks it draws."""

import csv
import random
from pathlib import Path

from examples.sheets.records import COPIED, Talk

FOUND = {
    "属实": ("",),
    "有出入": ("说是 5 分钟，记了 20 分钟", "只问了住宿，没提加班"),
    "不属实": ("没见面，只通了电话", "那天休息，没人来过"),
    "联系不上": ("",),
}


def write(folder: Path, talks: list[Talk], rng: random.Random) -> None:
    with (folder / "回访结果.csv").open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(["日期", "开始时间", "客服", "身份证号", "联系人", "结果", "说明"])
        for talk in talks:
            weights = (45, 25, 25, 5) if talk.said == COPIED else (93, 3, 0, 4)
            found = rng.choices(list(FOUND), weights)[0]
            number = talk.person.identity_number if talk.person else ""
            out.writerow(
                [
                    talk.day,
                    f"{talk.start:%H:%M}",
                    talk.specialist,
                    number,
                    talk.contact,
                    found,
                    rng.choice(FOUND[found]),
                ]
            )
