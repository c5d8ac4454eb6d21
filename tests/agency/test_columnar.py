"""Queries come as columns of whole numbers, matched by key."""

import datetime as dt

import numpy as np
import pytest

from agency.columnar import NULL, KeySet, day_number, day_of, matched, read_columns, spread
from workers.models import Placement, Worker


def test_a_query_comes_as_columns(ours):
    rows = Placement.objects.filter(worker=ours.worker)
    found = read_columns(rows, key="worker_id", begins="valid_from", ends="valid_to")
    placement = rows.get()
    assert found["key"].tolist() == [ours.worker.pk]
    assert day_of(int(found["begins"][0])) == placement.valid_from
    assert found["ends"].tolist() == [NULL]


def test_only_the_active_agency_is_read(ours):
    found = read_columns(Worker.objects.all(), key="pk")
    assert sorted(found["key"].tolist()) == sorted(Worker.objects.values_list("pk", flat=True))


def test_nothing_found_is_empty_columns(ours):
    assert read_columns(Worker.objects.filter(pk=0), key="pk")["key"].tolist() == []


def test_rows_are_filtered_by_a_set_of_keys(cast, ours):
    both = KeySet([ours.worker.pk, cast.theirs.worker.pk])
    assert list(Worker.objects.filter(both.names("pk"))) == [ours.worker]
    assert set(Placement.objects.filter(both.names("worker"))) == set(ours.worker.placements.all())
    assert not Worker.objects.filter(KeySet([]).names("pk")).exists()


def test_the_last_of_several_is_matched():
    keys, among = np.array([3, 5, 7]), np.array([7, 3, 3])
    rows, found = matched(keys, among)
    assert (rows.tolist(), found.tolist()) == ([2, 0, 0], [True, False, True])
    assert spread(keys, {"key": among, "fen": np.array([70, 31, 32])}, "key", "fen", -1).tolist() == [32, -1, 70]
    assert matched(keys, np.zeros(0, dtype=np.int64))[1].tolist() == [False, False, False]


@pytest.mark.parametrize("day", [dt.date(1969, 12, 31), dt.date(2026, 10, 1)])
def test_days_are_numbers_and_back(day):
    assert day_of(day_number(day)) == day
