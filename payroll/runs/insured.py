"""Where and on which bases a run's workers are insured, as columns."""

import numpy as np
from django.db.models import BigIntegerField, F, Func, Value

from agency.columnar import NULL, Columns, KeySet, matched, read_columns
from payroll.balances.differences import ENROLLED, differences, place_of
from payroll.models import PayrollRun, PayScheme
from payroll.payslips.figures import Figures
from payroll.policies.choosing import Cities, CityChoice, Key, cities_on
from workers.models import InsuranceEnrolment

from .roll import Roll

# 64 bits of a city and its variants: two places alike are told apart by a chance of one in 10^19.
PLACE_HASH = Func(
    F("city"),
    Func(F("variants"), Value(0), function="jsonb_hash_extended", output_field=BigIntegerField()),
    function="hashtextextended",
    output_field=BigIntegerField(),
)


def fill_insurance(figures: Figures, roll: Roll, run: PayrollRun, scheme: PayScheme) -> tuple[list[CityChoice], Cities]:
    """Fill each worker's place, bases and differences of earlier months; return the policies of the places."""
    if run.kind != PayrollRun.Kind.REGULAR:
        return [], Cities({}, {})
    enrolled, keys = _enrolled(run, KeySet(roll.worker_id.tolist()))
    cities = cities_on(keys.values(), run.month.first_day)
    choices = list(cities.found.values())
    places = {key: index for index, key in enumerate(cities.found)}
    rows, found = matched(roll.worker_id, enrolled["worker_id"])
    insured = found & ~roll.elsewhere
    for place, key in keys.items():
        figures["policy"][insured & (enrolled["place"][rows] == place)] = places.get(key, len(choices))
    for name in ENROLLED:
        figures[name][insured] = enrolled[name][rows[insured]]
    codes = np.array([*(choice.code for choice in choices), 0, 0], dtype=np.int64)
    figures["variants"][:] = codes[figures["policy"]]
    figures["injury_rate"][:] = scheme.injury_rate
    editions = {choice.row.pk: choice.row for choice in choices}
    known = np.array([*(choice.row.pk for choice in choices), NULL, NULL], dtype=np.int64)
    owed = differences(run, KeySet(roll.worker_id.tolist()), roll.worker_id, known[figures["policy"]], editions)
    for row, sums in owed.items():
        figures["employee_adjustment_fen"][row] = sums.employee_fen
        figures["employer_adjustment_fen"][row] = sums.employer_fen
    return choices, cities


def _enrolled(run: PayrollRun, workers: KeySet) -> tuple[Columns, dict[int, Key]]:
    """Return each worker's bases, the last enrolment's last, with `place`, which is the same for the same place.

    What the places are is told of one enrolment for each.
    """
    rows = InsuranceEnrolment.objects.valid_in(run.month).filter(workers.names("worker"))
    table = read_columns(rows.order_by("valid_from"), worker_id="worker_id", pk="pk", place=PLACE_HASH, **ENROLLED)
    places, first = np.unique(table["place"], return_index=True)
    examples = InsuranceEnrolment.objects.in_bulk(table["pk"][first].tolist())
    told = {int(place): place_of(examples[int(pk)]) for place, pk in zip(places, table["pk"][first], strict=True)}
    return table, told
