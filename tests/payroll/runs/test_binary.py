"""Rows go to the database in COPY's binary format, exactly as they are."""

import io

import numpy as np
import pytest
from django.db import connection

from payroll.payslips.figures import as_json_rows
from payroll.runs.binary import binary_rows

TYPES = {"a": "bigint", "b": "smallint"}


def stream(a, b=(0, 0), jsons=(b"{}", b"{}")):
    numbers = {"a": np.array(a, dtype=np.int64), "b": np.array(b, dtype=np.int64)}
    return b"".join(binary_rows(numbers, TYPES, jsons))


@pytest.mark.django_db
def test_what_goes_in_comes_out():
    rows = range(5000)
    sent = stream([-(2**62), *rows], (-5, *[32767] * 5000), (b'{"a":1}', *['{"名":[1]}'.encode()] * 5000))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE sent (a bigint, b smallint, d jsonb) ON COMMIT DROP")
        cursor.copy_expert("COPY sent FROM STDIN (FORMAT binary)", io.BytesIO(sent))
        cursor.execute("SELECT a, b, d::text FROM sent ORDER BY a")
        assert cursor.fetchall() == [
            (-(2**62), -5, '{"a": 1}'),
            *((row, 32767, '{"名": [1]}') for row in rows),
        ]


def test_a_number_too_large_for_its_column_is_refused():
    with pytest.raises(OverflowError, match="b does not fit"):
        stream([1, 2], (0, 32768))


def test_figures_as_json():
    figures = {"a": np.array([1, 1, 1]), "b": np.array([0, 5, -2]), "c": np.array([0, 0, 0])}
    assert list(as_json_rows(figures)) == [b'{"a":1}', b'{"a":1,"b":5}', b'{"a":1,"b":-2}']
    assert list(as_json_rows({"b": np.array([0, 5])})) == [b"{}", b'{"b":5}']
    assert list(as_json_rows({"b": np.array([0, 0])})) == [b"{}", b"{}"]
