"""Which texts are nearly the same, and how that stays cheap."""

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicedesk.evidence.likeness import BEFORE, KEPT, alike, shared_permille
from servicedesk.evidence.texts import common_pieces, normalise, pieces_of

HOT_WATER = "三号宿舍晚上九点以后热水不够用，住四楼的几个人要等到十点半，已经跟宿管师傅说好周三来修水箱。"
CANTEEN = "食堂换了承包的师傅，菜比上个月咸，夜班的人说加餐的面条不错，希望周末也能开一个窗口。"
OVERTIME = "李师傅说国庆连着上了五天班，想问清楚加班工资怎么算，我把工资条逐项讲给他听了一遍。"


def pairs(texts, least=700):
    return [(one.later, one.earlier, one.permille) for one in alike(pieces_of(texts), least)]


def test_a_copy_with_other_figures_and_commas_is_the_same_text():
    copied = HOT_WATER.replace("九", "8").replace("，", "。 ")
    assert normalise("３号宿舍，12点！") == normalise("7号宿舍 3点") == "0号宿舍0点"
    assert pairs([HOT_WATER, CANTEEN, OVERTIME, HOT_WATER]) == [(3, 0, 1000)]
    [(later, earlier, permille)] = pairs([HOT_WATER, copied])
    assert (later, earlier) == (1, 0) and 700 <= permille < 1000


def test_what_people_write_of_different_things_is_not_alike():
    assert pairs([HOT_WATER, CANTEEN, OVERTIME]) == []


def test_a_few_words_say_nothing():
    assert pairs(["情况正常。"] * 20) == []


def test_phrases_of_the_whole_agency_do_not_count():
    form = "今天按计划到车间走访，了解员工的工作和生活情况，以下是本次沟通的主要内容和需要跟进的事项："
    own = [form + chr(0x5000 + number) * 3 + chr(0x5100 + number) * 9 + "别的话" for number in range(60)]
    writers = np.arange(60) % 6
    pieces = pieces_of(own)
    assert alike(pieces, 500)
    common = common_pieces(pieces, writers)
    assert alike(pieces.without(common), 500) == []


def test_what_one_person_copies_is_no_phrase_of_the_agency():
    """A guard against the clever: a thousand copies by one hand would else be discounted."""
    assert len(common_pieces(pieces_of([HOT_WATER] * 60), np.zeros(60))) == 0
    assert len(common_pieces(pieces_of([HOT_WATER] * 60), np.arange(60) % 3)) > 0


def test_a_text_copied_a_thousand_times_meets_only_its_neighbours():
    found = alike(pieces_of([HOT_WATER] * 1000), 700)
    assert len(found) <= KEPT * 1000
    assert all(one.later - one.earlier <= BEFORE for one in found)


@given(st.lists(st.sets(st.integers(0, 40), max_size=20), min_size=2, max_size=6))
def test_the_shared_part_is_exact(sets):
    from servicedesk.evidence.texts import Pieces

    pieces = Pieces.joined([np.array(sorted(one), dtype=np.uint32) for one in sets])
    left, right = np.arange(len(sets) - 1), np.arange(1, len(sets))
    want = [len(a & b) * 1000 // max(len(a | b), 1) for a, b in pairwise(sets)]
    assert shared_permille(pieces, left, right).tolist() == want


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nearly_all_pairs_above_the_limit_are_found(seed):
    """Against comparing each with each: at a limit of 70 % nothing of note is missed, and nothing is made up."""
    dice = random.Random(seed)
    letters = [chr(0x4E00 + number) for number in range(800)]
    texts = []
    for _ in range(60):
        text = dice.choices(letters, k=80)
        texts.append("".join(text))
        for _copy in range(dice.randrange(3)):
            at = dice.randrange(80)
            text[at] = dice.choice(letters)
            texts.append("".join(text))
    pieces = pieces_of(texts)
    many = len(texts)
    later, earlier = np.tril_indices(many, -1)
    truth = {
        (int(a), int(b))
        for a, b, permille in zip(later, earlier, shared_permille(pieces, later, earlier), strict=True)
        if permille >= 700
    }
    found = {(one.later, one.earlier) for one in alike(pieces, 700)}
    assert found <= truth
    assert len(found) >= len(truth) * 98 // 100
