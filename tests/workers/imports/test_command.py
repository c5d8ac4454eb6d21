"""The command line is a thin door to the same import."""

import io

import pytest
from django.core.management import CommandError, call_command

from agency.tenancy.context import tenant
from tests.workers.imports.rosters import as_known, person, roster
from workers.models import Worker


@pytest.fixture
def run(cast, tmp_path):
    company = cast.ours

    def call(*rows, **options):
        file = tmp_path / "roster.xlsx"
        file.write_bytes(roster(*rows).getvalue())
        out = io.StringIO()
        by = options.pop("by", company.specialist.phone)
        call_command("import_roster", str(file), agency="hechuan", by=by, stdout=out, stderr=out, **options)
        return out.getvalue()

    call.company = company
    return call


def hired(run) -> bool:
    with tenant(run.company.agency):
        return Worker.objects.filter(name="周建平").exists()


def test_a_good_roster_is_imported(run):
    assert "1 new workers" in run(person(), as_known(run.company))
    assert hired(run)


def test_a_dry_run_changes_nothing(run):
    assert "1 rows, 1 fine, 0 cells to mend." in run(person(), dry_run=True)
    assert not hired(run)


def test_bad_cells_are_printed_and_nothing_is_imported(run, capsys):
    with pytest.raises(CommandError, match="Nothing was imported"):
        run(person(), person(701, phone="138"))
    assert not hired(run)


def test_only_who_may_import_in_the_browser_may_here(run):
    for phone in (run.company.reviewer.phone, "13999999999"):
        with pytest.raises(CommandError, match="may import rosters"):
            run(person(), by=phone)
