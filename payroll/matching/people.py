"""What a bureau's list says of each person, row by row."""

from typing import Any

from agency.periods import Period
from payroll.files.bureau_lists import PARTS
from payroll.models import BureauRecord
from workers.models import Worker


class People:
    """The people of one list; of who has several rows, such as one for each insurance, the rows add up."""

    def __init__(self, period: Period, city: str) -> None:
        self.period, self.city = period, city
        self.records: dict[str, BureauRecord] = {}

    def __contains__(self, key: str) -> bool:
        return key in self.records

    def told(self, key: str, worker: Worker | None, values: dict[str, Any]) -> BureauRecord:
        """Return the record of a person after one more row; amounts in fen.

        Of a total and its parts by insurance the greater counts: some lists have parts that are in no total. Without
        a mark a row with amounts counts as paid; a person has paid when all rows are.
        """
        employer, employee = (_side(values, side) for side in ("employer", "employee"))
        paid = values["paid"] if values["paid"] is not None else employer + employee > 0
        insured, base = values["insured"] is not False, values["base_fen"] or 0
        record = self.records.get(key)
        if record is None:
            record = self.records[key] = BureauRecord(
                period=str(self.period), city=self.city, identity_key=key, name=values["name"] or "", worker=worker,
                insured=insured, paid=paid, base_fen=base, employer_fen=employer, employee_fen=employee,
            )  # fmt: skip
            return record
        # What an earlier batch wrote is written again as a whole: it is found by its person, not by its number.
        record.pk = None
        record.insured, record.paid = record.insured or insured, record.paid and paid
        record.base_fen = max(record.base_fen, base)
        record.employer_fen, record.employee_fen = record.employer_fen + employer, record.employee_fen + employee
        return record


def _side(values: dict[str, Any], side: str) -> int:
    parts = sum(values[name] or 0 for name, (whose, _insurance) in PARTS.items() if whose == side)
    return max(values[f"{side}_fen"] or 0, parts)
