"""A dry run of 100,000 rows × 20 columns stays below 500 MB; measured in a process of its own."""

import pytest

from benchmarks.spreadsheets import measure, write_roster

ROWS = 100_000


@pytest.mark.services
def test_a_hundred_thousand_rows(tmp_path):
    path = tmp_path / "roster.xlsx"
    write_roster(path, ROWS)
    result = measure("dry_run", path)
    assert result["result"] == ROWS
    assert result["megabytes"] < 500
    assert result["seconds"] < 60
