"""What the other side answered by link: most do, some do not remember, a few say no."""

import csv
import datetime as dt
import random
from pathlib import Path

from examples.sheets.records import COPIED, Talk

REMARKS = ("讲得很清楚", "谢谢", "希望热水早点修好", "", "", "")


def write(folder: Path, talks: list[Talk], rng: random.Random) -> None:
    """Write the answers; talks with a copied text are answered less, and less kindly."""
    with (folder / "确认回复.csv").open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(["日期", "开始时间", "客服", "姓名", "身份证号", "答复", "评分", "留言", "回复时间"])
        for talk in talks:
            copied = talk.said == COPIED
            if rng.random() > (0.45 if copied else 0.78):
                continue
            answer = rng.choices(("是", "不记得", "不是"), (70, 20, 10) if copied else (96, 3, 1))[0]
            answered = dt.datetime.combine(talk.day, talk.start) + dt.timedelta(minutes=rng.randrange(20, 600))
            out.writerow(
                [talk.day, f"{talk.start:%H:%M}", talk.specialist, talk.person.name if talk.person else talk.contact,
                 talk.person.identity_number if talk.person else "", answer,
                 rng.choice((2, 3, 3, 3)) if answer == "是" else "", rng.choice(REMARKS), f"{answered:%Y-%m-%d %H:%M}"]
            )  # fmt: skip
