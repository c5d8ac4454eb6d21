"""Figures of a run that left the preparer's hands cannot change: the database refuses, whoever asks."""

from agency.triggers import on_every_change

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

_OPEN = ", ".join(f"'{state.value}'" for state in OPEN)
CLOSED_WITH_RUN = on_every_change("closed_run", FUNCTION.replace("{open}", _OPEN), "run_id")
