from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from training.exams.papers import deal

QUESTIONS = [SimpleNamespace(pk=n, options=[{"key": key} for key in "abcd"]) for n in range(1, 9)]


@given(st.integers(0, 2**62))
def test_everybody_gets_the_same_questions_and_options(seed):
    paper = deal(QUESTIONS, seed)
    assert sorted(page["question"] for page in paper) == list(range(1, 9))
    assert all(sorted(page["options"]) == list("abcd") for page in paper)


@given(st.integers(0, 2**62), st.permutations(QUESTIONS))
def test_one_seed_deals_one_paper(seed, order):
    assert deal(order, seed) == deal(QUESTIONS, seed)


def test_neighbours_get_different_orders():
    assert len({str(deal(QUESTIONS, seed)) for seed in range(20)}) == 20
