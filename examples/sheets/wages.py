"""What happens to October's wages beside attendance: own pay items, an advance, a bonus, back pay, a correction, doubts."""

import json
from pathlib import Path

SENIORITY = {"name": "工龄表", "key": "number", "result": "amount", "bands": [[0, 0], [600, 3000], [1200, 5000]]}
FULL = {
    "name": "全勤奖", "source": "formula", "place": "allowance",
    "formula": "如果(整月 且 缺勤天数 = 0 且 病假天数 = 0, 200元, 0元)",
}  # fmt: skip
SERVICE = {"name": "工龄工资", "source": "formula", "place": "allowance", "formula": "查表(工龄表, 司龄月数)"}
REPAID = {"name": "预支归还", "source": "advance", "place": "deduction", "limit": "minimum_wage"}
SKILLED = {"name": "技师津贴", "source": "per_worker", "place": "allowance"}
LEADER = {"name": "带班津贴", "source": "per_worker", "place": "allowance"}

STORY = {
    "schemes": [
        {"client": "澄光电子", "tables": [SENIORITY], "items": [FULL, SERVICE, REPAID]},
        {"client": "云杉食品", "tables": [], "items": [SKILLED]},
        {"client": "南汀制衣", "tables": [], "items": [LEADER]},
    ],
    "amounts": [
        {"client": "云杉食品", "employee_no": "0124", "item": "技师津贴", "fen": 600000},
        {"client": "南汀制衣", "employee_no": "0361", "item": "带班津贴", "fen": 40000},
        {"client": "南汀制衣", "employee_no": "0362", "item": "带班津贴", "fen": 30000},
    ],
    "advances": [
        {"client": "澄光电子", "employee_no": "0005", "paid_on": "2026-10-12", "fen": 150000, "monthly_fen": 50000},
        {
            "client": "澄光电子", "employee_no": "0009", "paid_on": "2026-10-16", "fen": 90000, "monthly_fen": 30000,
            "paused": {"first": "2026-11", "last": "2026-12", "note": "孩子住院，停扣两个月"},
        },
    ],
    "runs": [
        {
            "client": "云杉食品", "kind": "bonus", "head": ["工号", "奖金"],
            "rows": [
                ["0121", "3000.00"], ["0122", "8000.00"], ["0123", "12000.00"], ["0124", "36000.00"],
                ["0125", "36500.00"], ["0127", "20000.00"], ["0128", "60000.00"], ["0129", "6800.00"],
            ],
        },
        {
            "client": "澄光电子", "kind": "supplementary", "head": ["工号", "补发金额", "备注"],
            "rows": [["0007", "165.52", "9月20日调休上班少算 8 小时"], ["0003", "240.00", "夜班补贴标准补差"]],
        },
        {
            "client": "恒川包装", "kind": "correction", "head": ["工号", "补发金额", "扣回金额", "备注"],
            "rows": [["0212", "60.00", "0", "夜班少记三次"], ["0215", "100.00", "62.40", "夜班少记五次，宿舍水电漏扣"]],
        },
    ],
    "disputes": [
        {
            "client": "澄光电子", "employee_no": "0003", "said": "周末加班应该有 16 个小时，工资单上只有 8 个。",
            "outcome": "explained", "answer": "另外 8 小时您选了调休，10月17日已经休了，考勤机上有记录。",
        },
        {"client": "恒川包装", "employee_no": "0211", "said": "宿舍水电我 10 月搬走了，为什么还扣？"},
    ],
    "signed": [{"client": "澄光电子", "people": 40}],
}  # fmt: skip


def write(folder: Path) -> None:
    text = json.dumps(STORY, ensure_ascii=False, indent=2)
    (folder / "薪资.json").write_text(text + "\n", encoding="utf-8")
