import pytest
import time_machine

from tests.training.making import NOW, make_exam, make_session
from training.exams.sitting import start


@pytest.fixture(autouse=True)
def clock():
    """It is 2026-11-23 10:00 in Shanghai and stays so until a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def exam(ours):
    """An exam of two questions, open from 9 to 18, to which specialist and colleague are asked."""
    return make_exam(make_session(ours, [ours.specialist, ours.colleague]))


@pytest.fixture
def attempt(ours, exam):
    """Our specialist has begun at 10:00 and has until 10:30."""
    return start(exam, ours.specialist)
