"""What can be measured of a specialist's month, one module an area; each measure is registered under its key."""

from servicedesk.scoring.measures import (  # noqa: F401  (register themselves)
    exam,
    forms,
    payroll,
    plans,
    reach,
    satisfaction,
    spot_checks,
    talks,
    tasks,
    time,
)
from servicedesk.scoring.measures.registry import Measure, Subject, measure_called, registered

__all__ = ["Measure", "Subject", "measure_called", "registered"]
