"""Rows written by COPY are the rows that Django would have written, in the agency that is active."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from agency.privacy.blind_index import blind_index
from agency.tenancy.context import tenant
from agency.tenancy.copying import copy_rows, next_keys
from tests.cast import identity_number
from workers.models import Worker

pytestmark = pytest.mark.django_db
NAMES = ["周建平", "tab\there", "line\nbreak", "back\\slash", "\\N", "", "N"]


def columns(count, **given):
    births = [dt.date(1990, 1, 1)] * count
    numbers = [identity_number(9000 + n) for n in range(count)]
    blank = [""] * count
    texts = {"name_pinyin": blank, "name_initials": blank, "employee_no": blank, "sex": ["M"] * count}
    return {"name": NAMES[:count], "identity_number": numbers, "birth_date": births, **texts, **given}


def test_texts_come_back_as_they_were_numbers_sealed_and_found(cast):
    with tenant(cast.ours.agency):
        given = columns(len(NAMES), phone=["13800005678", *[""] * (len(NAMES) - 1)])
        copy_rows(Worker, given)
        rows = list(Worker.objects.filter(birth_date=dt.date(1990, 1, 1)).order_by("pk"))
        assert [row.name for row in rows] == NAMES
        assert [row.identity_number for row in rows] == given["identity_number"]
        number = rows[0].identity_number
        assert rows[0].identity_index == blind_index(number, "identity_number", cast.ours.agency.pk)
        assert (rows[0].phone, rows[1].phone, rows[1].phone_index) == ("13800005678", "", None)
        assert rows[0].created_at is not None


def test_each_row_leaves_its_history(cast):
    with tenant(cast.ours.agency):
        [key] = next_keys(Worker, 1)
        copy_rows(Worker, columns(1, id=[key]))
        [event] = Worker.pgh_event_model.objects.filter(pgh_obj_id=key)
        assert (event.pgh_label, event.name) == ("insert", "周建平")
        assert (
            "v1."
            in Worker.pgh_event_model.objects.filter(pk=event.pk)
            .extra(select={"raw": "identity_number"})
            .values_list("raw", flat=True)[0]
        )


def test_rows_belong_to_the_active_agency_alone(cast):
    with tenant(cast.ours.agency):
        copy_rows(Worker, columns(1))
    with tenant(cast.theirs.agency):
        assert not Worker.objects.filter(name="周建平").exists()


def test_the_database_still_refuses_what_is_there_already(cast):
    with tenant(cast.ours.agency):
        copy_rows(Worker, columns(2))
        with pytest.raises(IntegrityError), transaction.atomic():
            copy_rows(Worker, columns(1))


def test_of_a_row_that_is_there_only_the_named_columns_change(cast):
    with tenant(cast.ours.agency):
        [key] = next_keys(Worker, 1)
        copy_rows(Worker, columns(1, id=[key]))
        later = columns(1, id=[key], name=["周建国"], employee_no=["7"])
        copy_rows(Worker, later, unique=("agency_id", "id"), update=("name",))
        worker = Worker.objects.get(pk=key)
        assert (worker.name, worker.employee_no) == ("周建国", "")


def test_a_row_that_is_the_same_already_is_left_alone(cast):
    with tenant(cast.ours.agency):
        keys = next_keys(Worker, 2)
        given = columns(2, id=keys)
        copy_rows(Worker, given)
        later = given | {"name": ["周建平", "周建国"]}
        copy_rows(Worker, later, unique=("agency_id", "id"), update=("name", "employee_no"))
        events = Worker.pgh_event_model.objects.filter(pgh_obj_id__in=keys, pgh_label="update")
        assert [(event.pgh_obj_id, event.name) for event in events] == [(keys[1], "周建国")]


def test_what_is_the_same_in_all_rows_comes_back_in_all_rows(cast):
    with tenant(cast.ours.agency):
        keys = next_keys(Worker, 3)
        phones = ["13800005678"] * 3
        copy_rows(Worker, columns(3, id=keys, name=["周建平"] * 3, phone=phones))
        rows = Worker.objects.filter(pk__in=keys)
        assert [(row.name, row.phone, row.birth_date) for row in rows] == [
            ("周建平", phones[0], dt.date(1990, 1, 1))
        ] * 3
        assert {row.phone_index for row in rows} == {blind_index(phones[0], "phone", cast.ours.agency.pk)}
