"""Candidates for a specialist's post and how two raters, apart from each other, saw each of them."""

import json
from pathlib import Path

KEYS = ("comprehension", "execution", "resilience", "learning", "service")
CANDIDATES = (
    {
        "applied_on": "2026-10-12", "education": "junior_college", "gender": "female", "name": "方若琳",
        "phone": "13900020001", "major": "物流管理",
        "ratings": {"何静怡": (4, 4, 4, 3, 5), "周启明": (4, 4, 3, 4, 5)},
    },
    {
        "applied_on": "2026-10-13", "education": "bachelor", "gender": "male", "name": "邱泽宇",
        "phone": "13900020002", "major": "工商管理",
        "ratings": {"何静怡": (3, 2, 2, 4, 2), "周启明": (3, 2, 3, 4, 2)},
    },
    {
        "applied_on": "2026-10-26", "education": "bachelor", "gender": "unsaid", "name": "钱思远",
        "phone": "13900020003", "major": "社会工作",
        "ratings": {"何静怡": (4, 3, 4, 4, 4)},
    },
)  # fmt: skip


def write(folder: Path) -> None:
    data = [
        {**one, "ratings": {rater: dict(zip(KEYS, scores, strict=True)) for rater, scores in one["ratings"].items()}}
        for one in CANDIDATES
    ]
    (folder / "招聘.json").write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
