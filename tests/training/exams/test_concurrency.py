"""Two tabs at once: one attempt, one paper, one answer after the other."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from agency.tenancy.context import tenant
from tests.cast import company
from tests.training.making import make_exam, make_session
from training.exams.closing import submit
from training.exams.models import Attempt
from training.exams.sitting import TimeIsUp, save_answer, start

pytestmark = pytest.mark.django_db(transaction=True)


def together(agency, *works):
    """Run each work in a thread and a transaction of its own, all beginning at once."""
    barrier = Barrier(len(works))

    def run(work):
        try:
            with tenant(agency):
                barrier.wait()
                return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.fixture
def open_exam(db):
    made = company("hechuan", "禾川", 100)
    with tenant(made.agency):
        return made, make_exam(make_session(made, [made.specialist]))


def test_four_tabs_that_start_at_once_share_one_attempt(open_exam):
    made, exam = open_exam
    attempts = together(made.agency, *[lambda: start(exam, made.specialist)] * 4)
    assert len({attempt.pk for attempt in attempts}) == 1
    with tenant(made.agency):
        assert Attempt.objects.count() == 1


def test_the_database_refuses_a_second_running_attempt(open_exam):
    """The proof that the promise is the database's, not only ours."""
    made, exam = open_exam
    with tenant(made.agency):
        values = {"exam": exam, "staff": made.specialist, "seed": 1, "paper": [], "total": 10}
        later = dt.datetime(2026, 11, 23, 18, tzinfo=dt.UTC)
        Attempt.objects.create(number=1, deadline=later, **values)
        for number in (1, 2):
            with pytest.raises(IntegrityError), transaction.atomic():
                Attempt.objects.create(number=number, deadline=later, **values)


def test_an_answer_beside_the_handing_in_is_counted_or_refused_but_never_lost(open_exam):
    made, exam = open_exam
    with tenant(made.agency):
        attempt = start(exam, made.specialist)
        single = exam.chosen.get(question__kind="single").question_id

    def answer():
        try:
            save_answer(attempt, single, ["a"])
        except TimeIsUp:
            return "refused"
        return "kept"

    kept, closed = together(made.agency, answer, lambda: submit(attempt))
    assert closed.score == (5 if kept == "kept" else 0)
