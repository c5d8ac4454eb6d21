"""A month's training: one session, who came, an exam of eight questions and how each answered."""

import csv
import json
from pathlib import Path

SESSION = {
    "course": "工资条怎么讲明白",
    "goal": "每位客服都能把应发、社保、个税和到手逐项讲给工友听",
    "form": "lecture",
    "held_on": "2026-10-14",
    "place": "总部二楼会议室",
    "trainer": "宋远",
    "exam": {"title": "工资条小考", "minutes": 20, "pass_percent": 80, "opens": "2026-10-14", "closes": "2026-10-16"},
    "attendance": {"林晓芸": "present", "郑凯": "absent", "许志强": "present", "唐书瑶": "present"},
}
QUESTIONS = (
    ("single", "工作日加班按多少计？", ("100%", "150%", "200%", "300%"), "B", "平日 150%，休息日 200%，法定节假日 300%。"),
    ("single", "小时工资怎么折算？", ("月薪÷30÷8", "月薪÷22÷8", "月薪÷21.75÷8", "月薪÷20.67÷8"), "C", "月计薪天数 21.75。"),
    ("multiple", "工资里可以扣的有哪些？", ("个人社保", "个人所得税", "押金", "法院判决的抚养费"), "ABD", "不得收押金。"),
    ("single", "个税按什么方法预扣？", ("按月单算", "全年累计", "按季", "按次"), "B", "居民工资薪金按累计预扣法。"),
    ("single", "赔偿损失每月最多扣工资的多少？", ("10%", "20%", "30%", "50%"), "B", "20%，且不低于最低工资。"),
    ("multiple", "工友说少了一晚夜班补贴，先做什么？", ("对考勤", "让他下月再说", "记下来并约时间答复", "找班长核对"), "ACD", "先核对，再按时答复。"),
    ("single", "发薪日遇到休息日怎么办？", ("顺延", "提前到最近工作日", "下月一起发", "由客户定"), "B", "工资支付暂行规定第七条。"),
    ("single", "工资记录至少保存多久？", ("半年", "一年", "两年", "十年"), "C", "至少两年；农民工工资台账三年。"),
)  # fmt: skip
ANSWERS = {
    "林晓芸": ("B", "C", "ABD", "B", "B", "ACD", "B", "C"),
    "郑凯": ("B", "B", "ABCD", "A", "B", "A", "B", "B"),
    "许志强": ("B", "C", "ABD", "B", "B", "AC", "B", "B"),
    "唐书瑶": ("B", "C", "ABD", "B", "B", "ACD", "B", "C"),
}


def write(folder: Path) -> None:
    keys = ("kind", "text", "options", "right", "explanation")
    data = {**SESSION, "questions": [dict(zip(keys, question, strict=True)) for question in QUESTIONS]}
    (folder / "培训.json").write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    with (folder / "考试答卷.csv").open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(["姓名", *(f"第{number}题" for number in range(1, len(QUESTIONS) + 1))])
        for name, letters in ANSWERS.items():
            out.writerow([name, *letters])
