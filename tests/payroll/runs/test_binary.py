"""Rows go to the database in COPY's binary format, exactly as they are."""

import io
import json

import numpy as np
import pytest
from django.db import connection

from payroll.payslips.figure_texts import FigureTexts
from payroll.runs.binary import binary_rows

TYPES = {"a": "bigint", "b": "smallint"}


def stream(numbers, figures):
    columns = {name: np.array(values, dtype=np.int64) for name, values in numbers.items()}
    return b"".join(binary_rows(columns, TYPES, texts_of(figures)))


def texts_of(figures):
    return FigureTexts.of({name: np.array(values, dtype=np.int64) for name, values in figures.items()})


@pytest.mark.django_db
def test_what_goes_in_comes_out():
    rows = range(5000)
    numbers = {"a": [-(2**62), *rows], "b": [-5, *[32767] * 5000]}
    sent = stream(numbers, {"same": [7] * 5001, "项:名": [-3, *rows], "zero": [0] * 5001, "some": [1, 0] * 2500 + [1]})
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE sent (a bigint, b smallint, d jsonb) ON COMMIT DROP")
        cursor.copy_expert("COPY sent FROM STDIN (FORMAT binary)", io.BytesIO(sent))
        cursor.execute("SELECT a, b, d FROM sent ORDER BY a")
        found = [(a, b, json.loads(d)) for a, b, d in cursor]
    assert found[0] == (-(2**62), -5, {"same": 7, "项:名": -3, "some": 1})
    assert found[1] == (0, 32767, {"same": 7})
    assert found[1:] == [
        (row, 32767, {"same": 7} | ({"项:名": row} if row else {}) | ({"some": 1} if row % 2 else {})) for row in rows
    ]


def test_a_number_too_large_for_its_column_is_refused():
    with pytest.raises(OverflowError, match="b does not fit"):
        stream({"a": [1, 2], "b": [0, 32768]}, {"a": [1, 1]})


@pytest.mark.parametrize(
    ("figures", "texts"),
    [
        ({"a": [1, 1, 1], "b": [0, 5, -2], "c": [0, 0, 0]}, ['{"a":1}', '{"a":1,"b":5}', '{"a":1,"b":-2}']),
        ({"b": [3, 0, 0], "c": [0, 4, 0], "d": [5, 6, 0]}, ['{"b":3,"d":5}', '{"c":4,"d":6}', "{}"]),
        ({"b": [3, 0], "c": [0, 4]}, ['{"b":3}', '{"c":4}']),
        ({"b": [0, 0]}, ["{}", "{}"]),
        ({"a": [], "b": []}, []),
        ({"a": [2], "b": [3]}, ['{"a":2,"b":3}']),
    ],
)
def test_figures_as_json(figures, texts):
    made = texts_of(figures)
    rows = [made.head] * len(made)
    assert made.after(rows, 0).decode() == "".join(texts)
    assert made.lengths.tolist() == [len(text) for text in texts]
