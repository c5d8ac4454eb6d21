import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from agency.models import BusinessEvent
from tests.cast import identity_number
from workers.contracts.signing import Terms
from workers.models import Placement, Worker
from workers.people.hiring import Start, correct, employ, next_employee_no

TERMS = Terms(dt.date(2026, 12, 1), dt.date(2028, 12, 1))


def someone(serial=77, **given):
    return Worker(name="陈立新", identity_number=identity_number(serial, dt.date(1999, 2, 3)), **given)


def test_birth_date_and_sex_are_read_from_the_number(ours):
    worker = employ(someone(77), TERMS, ours.specialist)
    assert (worker.birth_date, worker.sex) == (dt.date(1999, 2, 3), "M")
    assert employ(someone(78), TERMS, ours.specialist).sex == "F"


def test_contract_and_placement_come_with_the_worker(ours):
    start = Start(ours.client, ours.post, ours.site, base_wage_fen=280_000)
    worker = employ(someone(), TERMS, ours.specialist, start)
    placement = Placement.objects.get(worker=worker)
    assert (placement.client, placement.valid_from, placement.base_wage_fen) == (
        ours.client,
        dt.date(2026, 12, 1),
        280_000,
    )
    assert (worker.joined_on, worker.left_on) == (dt.date(2026, 12, 1), dt.date(2028, 12, 1))
    assert BusinessEvent.objects.filter(name="workers.worker.employed", subject_id=worker.pk).exists()


@pytest.mark.parametrize("number", ["32050019990203077", "320500199902300778", "320500199902030770"])
def test_a_number_that_cannot_be_right_is_refused(ours, number):
    with pytest.raises(ValidationError) as wrong:
        employ(Worker(name="陈立新", identity_number=number), TERMS, ours.specialist)
    assert set(wrong.value.error_dict) == {"identity_number"}


def test_nobody_is_on_file_twice(ours):
    known = Worker(name="王海波", identity_number=ours.worker.identity_number)
    with pytest.raises(ValidationError, match="王海波"):
        employ(known, TERMS, ours.specialist)


def test_the_same_person_may_work_for_another_agency(cast, ours):
    """Numbers of two agencies have unrelated indexes: neither learns of the other's workers."""
    theirs = Worker(name="赵志远", identity_number=identity_number(501))
    assert employ(theirs, TERMS, ours.specialist).pk


def test_employee_numbers_go_on_from_the_highest(ours):
    ours.worker.employee_no = "9999"
    ours.worker.save()
    assert next_employee_no() == "10000"
    assert employ(someone(), TERMS, ours.specialist).employee_no == "10000"
    assert next_employee_no() == "10001"


def test_correcting_a_number_reads_birth_date_and_sex_again(ours):
    ours.worker.identity_number = identity_number(902, dt.date(1988, 8, 8))
    worker = correct(ours.worker, ours.specialist)
    assert (worker.birth_date, worker.sex) == (dt.date(1988, 8, 8), "F")
    ours.worker.identity_number = ours.other_worker.identity_number
    with pytest.raises(ValidationError):
        correct(ours.worker, ours.specialist)
