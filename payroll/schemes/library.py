"""Items that many clients pay, to begin with: their names and formulas are data a person may change."""

from typing import Any

LIBRARY: dict[str, dict[str, Any]] = {
    "full_attendance": {
        "name": "全勤奖", "source": "formula", "place": "allowance", "minimum_wage": True,
        "formula": "如果(整月 且 缺勤天数 = 0 且 病假天数 = 0, 200元, 0元)",
    },
    "heat": {
        "name": "高温津贴", "source": "formula", "place": "allowance", "minimum_wage": False,
        "formula": "如果(出勤天数 > 0, 高温津贴标准, 0元)",
    },
    "shift": {
        "name": "中班津贴", "source": "rate", "place": "allowance", "minimum_wage": False,
        "rate_millionths": 12_000_000, "quantity": "中班次数",
    },
    "shifts": {"name": "中班次数", "source": "quantity", "place": "note"},
    "pieces": {"name": "件数", "source": "quantity", "place": "note"},
    "piece_rate": {
        "name": "计件工资", "source": "rate", "place": "base", "rate_millionths": 35_000, "quantity": "件数",
    },
    "hours": {"name": "出勤小时", "source": "quantity", "place": "note"},
    "hourly": {
        "name": "计时工资", "source": "rate", "place": "base", "rate_millionths": 22_000_000, "quantity": "出勤小时",
    },
    "post": {"name": "岗位工资", "source": "per_worker", "place": "base", "overtime_base": True},
    "seniority": {
        "name": "工龄工资", "source": "formula", "place": "allowance",
        "formula": "min(取整(司龄月数 ÷ 12) × 50元, 500元)",
    },
    "idle_days": {"name": "待岗天数", "source": "quantity", "place": "note"},
    "idle": {
        "name": "待岗工资", "source": "formula", "place": "allowance",
        "formula": "如果(月薪制, min(最低工资 - 月薪, 0元), 最低工资) ÷ 21.75 × 待岗天数",
    },
    "injury_days": {"name": "停工留薪天数", "source": "quantity", "place": "note"},
    "injury": {
        "name": "停工留薪工资", "source": "formula", "place": "allowance",
        "formula": "如果(月薪制, 0元, 月薪 ÷ 21.75 × 停工留薪天数)",
    },
    "meals": {
        "name": "餐补", "source": "formula", "place": "allowance", "minimum_wage": False,
        "formula": "10元 × 出勤天数",
    },
    "damages": {"name": "赔偿扣款", "source": "amount", "place": "deduction", "limit": "damages"},
    "advance": {"name": "预支归还", "source": "advance", "place": "deduction", "limit": "minimum_wage"},
}  # fmt: skip
