"""The topics an agency starts with; afterwards the list is its own."""

from .models import Topic

# key, Chinese, English: what workers talk about most, in the order of the form.
DEFAULT_TOPICS = (
    ("wages", "工资", "Wages"),
    ("overtime", "加班", "Overtime"),
    ("dormitory", "宿舍", "Dormitory"),
    ("meals", "吃饭", "Meals"),
    ("mood", "心情", "Mood"),
    ("safety", "安全", "Safety"),
    ("family", "家里", "Family"),
    ("leaving", "想离职", "Thinking of leaving"),
    ("insurance", "社保", "Insurance"),
    ("work", "活儿", "The work itself"),
    ("headcount", "用人", "Staffing"),
    ("other", "别的", "Something else"),
)

# Other words of workbooks for the default topics, by key.
WORDS = {
    "wages": ("薪", "奖金", "扣款"),
    "dormitory": ("住宿", "热水", "寝室"),
    "meals": ("食堂", "伙食", "餐"),
    "mood": ("情绪", "压力"),
    "family": ("家庭", "孩子"),
    "leaving": ("离职", "辞职"),
    "insurance": ("保险", "公积金", "医保"),
    "work": ("转岗", "岗位", "请假", "排班", "工作"),
    "headcount": ("招人", "人员", "缺人"),
}


def install_default_topics() -> int:
    """Give the active agency the topics it lacks; return how many were added. Safe to repeat."""
    known = set(Topic.objects.values_list("key", flat=True))
    missing = [
        Topic(key=key, label=label, label_en=label_en, order=10 * place)
        for place, (key, label, label_en) in enumerate(DEFAULT_TOPICS, 1)
        if key not in known
    ]
    return len(Topic.objects.bulk_create(missing))
