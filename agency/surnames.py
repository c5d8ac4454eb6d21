"""Surnames that are read otherwise than the same character in a word.

Readings after the surname entries of the Contemporary Chinese Dictionary; where two are in use, the commoner
one today.
"""

SINGLE = {
    "单": "shan", "仇": "qiu", "区": "ou", "曾": "zeng", "解": "xie", "查": "zha", "朴": "piao",
    "盖": "ge", "缪": "miao", "翟": "zhai", "折": "she", "召": "shao", "种": "chong", "繁": "po",
    "秘": "bi", "员": "yun", "乜": "nie", "黑": "he", "句": "gou", "乐": "yue", "阚": "kan",
    "覃": "qin", "重": "chong", "藏": "zang", "隗": "wei", "祭": "zhai", "都": "du", "佴": "nai",
    "粘": "nian", "卜": "bu", "薄": "bo", "能": "nai", "洗": "xian", "冼": "xian", "尉": "wei",
    "长": "chang", "万": "wan", "宿": "su", "莘": "shen", "任": "ren", "华": "hua", "宁": "ning",
    "纪": "ji", "燕": "yan", "应": "ying", "过": "guo", "那": "na", "车": "che",
}  # fmt: skip

COMPOUND = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "单于": ("chan", "yu"), "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"), "令狐": ("ling", "hu"), "欧阳": ("ou", "yang"), "上官": ("shang", "guan"),
    "司马": ("si", "ma"), "司徒": ("si", "tu"), "司空": ("si", "kong"), "诸葛": ("zhu", "ge"),
    "夏侯": ("xia", "hou"), "皇甫": ("huang", "fu"), "东方": ("dong", "fang"), "公孙": ("gong", "sun"),
    "慕容": ("mu", "rong"), "宇文": ("yu", "wen"), "钟离": ("zhong", "li"), "鲜于": ("xian", "yu"),
    "呼延": ("hu", "yan"), "淳于": ("chun", "yu"), "轩辕": ("xuan", "yuan"), "端木": ("duan", "mu"),
    "独孤": ("du", "gu"), "南宫": ("nan", "gong"), "西门": ("xi", "men"), "百里": ("bai", "li"),
    "申屠": ("shen", "tu"), "赫连": ("he", "lian"), "闾丘": ("lv", "qiu"), "濮阳": ("pu", "yang"),
    "太史": ("tai", "shi"), "宗政": ("zong", "zheng"), "公冶": ("gong", "ye"), "乐正": ("yue", "zheng"),
    "漆雕": ("qi", "diao"), "拓跋": ("tuo", "ba"), "耶律": ("ye", "lv"), "纳兰": ("na", "lan"),
}  # fmt: skip
