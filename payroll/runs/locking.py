"""Figures of a run that left the preparer's hands cannot change: the database refuses, whoever asks."""

from typing import Any

import pgtrigger

from .states import OPEN

FUNCTION = """
    IF EXISTS (
        SELECT 1 FROM ({touched}) AS touched JOIN payroll_payrollrun AS run ON run.id = touched.run_id
        WHERE run.state NOT IN ({open})
    ) THEN
        RAISE EXCEPTION 'payroll run is closed: its figures cannot change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""


def _closed(name: str, operation: Any, *tables: str) -> pgtrigger.Trigger:
    touched = " UNION ".join(f"SELECT run_id FROM {table}" for table in tables)  # noqa: S608 (our own names)
    return pgtrigger.Trigger(
        name=f"closed_run_{name}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(
            old="old_rows" if "old_rows" in tables else None, new="new_rows" if "new_rows" in tables else None
        ),
        func=FUNCTION.format(touched=touched, open=", ".join(f"'{state.value}'" for state in OPEN)),
    )


CLOSED_WITH_RUN = [
    _closed("insert", pgtrigger.Insert, "new_rows"),
    _closed("update", pgtrigger.Update, "old_rows", "new_rows"),
    _closed("delete", pgtrigger.Delete, "old_rows"),
]
