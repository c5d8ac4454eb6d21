import datetime as dt
from fractions import Fraction

import pytest

from agency.periods import Period
from tests.training.making import make_course, make_session
from training.courses.attending import mark
from training.courses.queries import attendance_share, cell_of, sessions_of_year

NOVEMBER = Period(2026, 11)
TODAY = dt.date(2026, 11, 23)


def attend(company, states, first=2):
    for number, state in enumerate(states):
        row = make_session(company, [company.specialist], held_on=dt.date(2026, 11, first + number)).attendances.get()
        mark(row, state, company.trainer)


def test_the_share_counts_came_and_stayed_away(ours):
    attend(ours, ["present", "present", "absent"])
    share = attendance_share(ours.specialist, NOVEMBER)
    assert (share.present, share.counted, share.fraction) == (2, 3, Fraction(2, 3))


def test_excused_and_untaken_sessions_do_not_count(ours):
    attend(ours, ["present", "excused", "invited"])
    assert attendance_share(ours.specialist, NOVEMBER).counted == 1


def test_without_a_session_there_is_no_share(ours):
    attend(ours, ["present"])
    assert attendance_share(ours.specialist, Period(2026, 10)) is None
    assert attendance_share(ours.colleague, NOVEMBER) is None


@pytest.mark.parametrize(
    ("held_on", "states", "passed", "state", "text"),
    [
        (dt.date(2026, 12, 24), ["invited"], None, "none", "待开"),
        (dt.date(2026, 11, 27), ["invited"], None, "soon", "27日"),
        (dt.date(2026, 11, 20), ["invited", "present"], None, "late", "1 人没点名"),
        (dt.date(2026, 11, 20), ["present", "excused"], None, "done", "1"),
        (dt.date(2026, 11, 20), ["present", "present"], 1, "part", "1 / 2"),
        (dt.date(2026, 9, 20), ["present", "present"], 1, "late", "1 / 2"),
        (dt.date(2026, 9, 20), ["present", "present"], 2, "done", "2"),
    ],
)
def test_how_a_session_stands_in_the_year(ours, held_on, states, passed, state, text):
    session = make_session(ours, [ours.specialist, ours.colleague][: len(states)], held_on=held_on)
    for row, wanted in zip(session.attendances.order_by("pk"), states, strict=True):
        type(row).objects.filter(pk=row.pk).update(state=wanted)
    cell = cell_of(sessions_of_year(2026)[0], passed, TODAY)
    assert (cell.state, cell.text) == (state, text)


def test_the_year_takes_one_query(ours, django_assert_num_queries):
    for month in (3, 6, 9):
        make_session(ours, [ours.specialist], held_on=dt.date(2026, month, 2), course=make_course(f"课 {month}"))
    with django_assert_num_queries(1):
        assert len(sessions_of_year(2026)) == 3
